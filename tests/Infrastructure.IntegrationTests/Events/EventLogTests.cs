using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Statistics;
using ChatPlatform.Application.Users;
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

    [Test]
    public async Task Unread_messages_and_cursors_survive_a_restore_into_another_cluster()
    {
        await SayAsync("before");
        Cursor? seen = null;
        var unread = await UnreadAsync();
        for (var restore = 1; restore <= 2; restore++)
        {
            // The stored ids are those of the other cluster, and new ones start over.
            const string shifted = "(split_part({0}, ':', 1)::bigint + 1000000000000)";
            const string snapshot = "concat(" + shifted + ", ':', " + shifted + ", ':')";
            foreach (var (table, column) in new[] { ("events", "xid"), ("follower_positions", "xid"), ("messages", "arrival") })
            {
                await RunAsync($"UPDATE {table} SET {column} = ({column}::text::bigint + 1000000000000)::text::xid8");
            }

            await RunAsync("UPDATE channel_members SET joined_snapshot = " + string.Format(null, snapshot, "joined_snapshot"));
            Assert.That(await Services.GetRequiredService<EventLog>().AdoptAsync(CancellationToken.None), Is.True);
            Assert.That(await UnreadAsync(), Is.EqualTo(unread), "restored");
            var newest = await SendAsync(
                SeededCommunity.Riverside, new ListChannelMessages(SeededCommunity.Lobby.Id, new CursorRequest(), MessageFilter.None));
            seen = newest.Value.Start;

            await SayAsync($"after {restore}");
            Assert.That(await UnreadAsync(), Is.EqualTo(++unread), "new");
        }

        var last = await SendAsync(SeededCommunity.Riverside, new GetChannel(SeededCommunity.Lobby.Id));
        Assert.That(last.Value.LastReceivedMessage!.Body, Is.EqualTo("after 2"));
        var newer = await SendAsync(
            SeededCommunity.Riverside,
            new ListChannelMessages(
                SeededCommunity.Lobby.Id, new CursorRequest(seen, CursorDirection.Newer), MessageFilter.None));
        Assert.That(newer.Value.Items.Select(message => message.Body), Is.EqualTo(["after 2"]));
        await SendAsync(
            SeededCommunity.Riverside, new ReadChannel(SeededCommunity.Lobby.Id, new UserReference(SeededCommunity.Bob.Id)));
        Assert.That(await UnreadAsync(), Is.Zero);
    }

    private async Task SayAsync(string text)
    {
        var sent = await SendAsync(
            SeededCommunity.Riverside,
            new SendMessage(MessageTarget.Channel(SeededCommunity.Lobby.Id), new UserReference(SeededCommunity.Alice.Id), text));
        Assert.That(sent.Error, Is.Null);
    }

    private async Task<long> UnreadAsync() =>
        (await SendAsync(SeededCommunity.Riverside, new CountUnread(SeededCommunity.Bob.Id))).Value;

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
