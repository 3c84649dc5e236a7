using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

public sealed class RebuildTests : DatabaseTest
{
    private static readonly string[] Tables =
    [
        "channel_counts", "channel_running_counts", "type_counts", "user_counts", "channel_user_counts", "activity", "channel_totals",
        "channel_contributors", "user_totals",
    ];

    [Test]
    public async Task Lost_or_wrong_rollups_are_rebuilt([Values("lost", "wrong")] string damage, [Values] bool folded)
    {
        var history = new History(Database, SeededCommunity.Riverside.Id);
        foreach (var days in new[] { 0, 3, 70, 400 })
        {
            await history.ImportAsync(SeededCommunity.Lobby.Id, SeededCommunity.Bob.Id, Clock.Now.AddDays(-days), 3, broadcast: days != 3);
        }

        await history.AddSessionAsync(SeededCommunity.Staff.Id, SeededCommunity.Alice.Id, Clock.Now.AddDays(-2), Clock.Now.AddDays(-1));
        if (folded)
        {
            await RunOnceAsync();
        }

        foreach (var table in Tables)
        {
            await RunAsync(damage == "lost" ? $"DELETE FROM {table}" : table switch
            {
                "activity" => "UPDATE activity SET users = ~users",
                "channel_counts" or "type_counts" => $"UPDATE {table} SET broadcast = broadcast + 7",
                "channel_running_counts" =>
                    "UPDATE channel_running_counts SET counts = array_fill(7, ARRAY[128]), chunk = chunk + start / resolution % 2",
                _ => $"UPDATE {table} SET received = received + 7",
            });
        }

        await Services.GetRequiredService<StatisticsRebuild>().RebuildAsync(null, CancellationToken.None).LastAsync();
        Assert.That(await DifferencesAsync(), Is.Empty, "after the rebuild");
        await RunOnceAsync();
        Assert.That(await DifferencesAsync(), Is.Empty, "after the next fold");
    }

    [Test]
    public async Task A_cancelled_rebuild_may_be_run_again()
    {
        await RunOnceAsync();
        await RunAsync("DELETE FROM channel_totals");
        await RunAsync("DELETE FROM user_totals");
        await using (var lines = Rebuild().GetAsyncEnumerator())
        {
            Assert.That(await lines.MoveNextAsync(), Is.True);
        }

        Assert.That(await DifferencesAsync(), Has.All.Not.Contain("application 1, received by a channel"));
        await Rebuild().LastAsync();
        Assert.That(await DifferencesAsync(), Is.Empty);
    }

    [Test]
    public async Task Older_messages_imported_during_a_rebuild_are_counted()
    {
        await RunOnceAsync();
        var history = new History(Database, SeededCommunity.Riverside.Id);
        var imported = false;
        await foreach (var line in Rebuild())
        {
            if (!imported && line.Contains("running counts", StringComparison.Ordinal))
            {
                imported = true;
                await history.ImportAsync(SeededCommunity.Lobby.Id, SeededCommunity.Bob.Id, Clock.Now.AddDays(-800), 3, broadcast: true);
                await RunOnceAsync();
            }
        }

        Assert.That(imported, Is.True);
        Assert.That(await DifferencesAsync(), Is.Empty);
    }

    private IAsyncEnumerable<string> Rebuild() =>
        Services.GetRequiredService<StatisticsRebuild>().RebuildAsync(null, CancellationToken.None);

    private async Task RunOnceAsync()
    {
        await Services.GetRequiredService<StatisticsFold>().FoldAsync(CancellationToken.None);
        await Services.GetRequiredService<StatisticsFold>().FoldSessionsAsync(CancellationToken.None);
        await Services.GetRequiredService<StatisticsCompaction>().CompactAsync(CancellationToken.None);
    }

    private async Task<List<string>> DifferencesAsync() => await Services.GetRequiredService<StatisticsVerifier>()
        .VerifyAsync(null, CancellationToken.None).Select(difference => difference.ToString()).ToListAsync();

    private async Task RunAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
