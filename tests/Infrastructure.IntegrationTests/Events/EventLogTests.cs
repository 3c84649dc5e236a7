using ChatPlatform.Application.Statistics;
using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.IntegrationTests.Statistics;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Events;

public sealed class EventLogTests : DatabaseTest
{
    [Test]
    public async Task Trim_deletes_only_old_events_that_all_followers_have_read()
    {
        var log = Services.GetRequiredService<EventLog>();
        Clock.Now = await ScalarAsync<DateTime>("SELECT now() + interval '1 hour'");
        Assert.That(await log.TrimAsync(TimeSpan.Zero, CancellationToken.None), Is.Zero, "nothing is read yet");

        var folded = await Services.GetRequiredService<StatisticsFold>().FoldAsync(CancellationToken.None);
        var history = new History(Database, SeededCommunity.Riverside.Id);
        await history.SendAsync(SeededCommunity.Lobby.Id, SeededCommunity.Bob.Id, SeededCommunity.Now);
        Assert.That(await log.TrimAsync(TimeSpan.FromDays(365), CancellationToken.None), Is.Zero, "nothing is old enough");
        Assert.That(await log.TrimAsync(TimeSpan.Zero, CancellationToken.None), Is.EqualTo(folded));
        Assert.That(await ScalarAsync<long>("SELECT count(*) FROM events"), Is.EqualTo(1), "the unread event");
    }

    [Test]
    public async Task Log_restored_from_another_cluster_continues_at_its_positions()
    {
        var history = new History(Database, SeededCommunity.Riverside.Id);
        var fold = Services.GetRequiredService<StatisticsFold>();
        var log = Services.GetRequiredService<EventLog>();
        await fold.FoldAsync(CancellationToken.None);
        await history.SendAsync(SeededCommunity.Lobby.Id, SeededCommunity.Bob.Id, SeededCommunity.Now);
        Assert.That(await log.AdoptAsync(CancellationToken.None), Is.False, "its own log");

        // As a restored dump has it: ids that this cluster has not assigned yet.
        await RunAsync("UPDATE events SET xid = (xid::text::bigint + 1000000000000)::text::xid8");
        await RunAsync("UPDATE follower_positions SET xid = (xid::text::bigint + 1000000000000)::text::xid8");
        Assert.That(await log.AdoptAsync(CancellationToken.None), Is.True);
        await history.SendAsync(SeededCommunity.Lobby.Id, SeededCommunity.Bob.Id, SeededCommunity.Now);
        await ExpectAsync(5, "with two unfolded events");
        Assert.That(await fold.FoldAsync(CancellationToken.None), Is.EqualTo(2));
        await ExpectAsync(5, "folded");
        Assert.That(
            await Services.GetRequiredService<StatisticsVerifier>().VerifyAsync(null, CancellationToken.None).ToListAsync(), Is.Empty);
    }

    private async Task ExpectAsync(long received, string when)
    {
        var lobby = await SendAsync(SeededCommunity.Riverside, new ListChannelTotals(SeededCommunity.Lobby.Id));
        Assert.That((await lobby.Value.SingleAsync()).Received, Is.EqualTo(received), when);
    }

    private async Task RunAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
