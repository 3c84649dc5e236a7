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
        "channel_people", "user_totals",
    ];

    [Test]
    public async Task Rollups_that_are_lost_or_wrong_are_made_anew([Values("lost", "wrong")] string damage, [Values] bool folded)
    {
        var history = new History(Database, SeededCommunity.Riverside.Id);
        foreach (var days in new[] { 0, 3, 70, 400 })
        {
            await history.ImportAsync(SeededCommunity.Lobby.Id, SeededCommunity.Bob.Id, Clock.Now.AddDays(-days), 3, broadcast: days != 3);
        }

        await history.AddSessionAsync(SeededCommunity.Staff.Id, SeededCommunity.Alice.Id, Clock.Now.AddDays(-2), Clock.Now.AddDays(-1));
        if (folded)
        {
            await TendAsync();
        }

        foreach (var table in Tables)
        {
            await RunAsync(damage == "lost" ? $"DELETE FROM {table}" : table switch
            {
                "activity" => "UPDATE activity SET users = ~users",
                "channel_counts" or "type_counts" => $"UPDATE {table} SET broadcast = broadcast + 7",
                "channel_running_counts" => "UPDATE channel_running_counts SET counts = array_fill(7, ARRAY[128]), chunk = chunk + start / span % 2",
                _ => $"UPDATE {table} SET received = received + 7",
            });
        }

        await Services.GetRequiredService<StatisticsRebuild>().RebuildAsync(null, CancellationToken.None).LastAsync();
        Assert.That(await DifferencesAsync(), Is.Empty, "right after");
        await TendAsync();
        Assert.That(await DifferencesAsync(), Is.Empty, "after more was folded");
    }

    [Test]
    public async Task Stopped_at_any_piece_it_goes_on_where_it_is_run_again()
    {
        await TendAsync();
        await RunAsync("DELETE FROM channel_totals");
        await RunAsync("DELETE FROM user_totals");
        await using (var pieces = Rebuild().GetAsyncEnumerator())
        {
            Assert.That(await pieces.MoveNextAsync(), Is.True);
        }

        Assert.That(await DifferencesAsync(), Has.All.Not.Contain("application 1, received by a channel"));
        await Rebuild().LastAsync();
        Assert.That(await DifferencesAsync(), Is.Empty);
    }

    [Test]
    public async Task Messages_older_than_all_that_are_imported_meanwhile_stay_counted()
    {
        await TendAsync();
        var history = new History(Database, SeededCommunity.Riverside.Id);
        var imported = false;
        await foreach (var piece in Rebuild())
        {
            if (!imported && piece.Contains("running counts", StringComparison.Ordinal))
            {
                imported = true;
                await history.ImportAsync(SeededCommunity.Lobby.Id, SeededCommunity.Bob.Id, Clock.Now.AddDays(-800), 3, broadcast: true);
                await TendAsync();
            }
        }

        Assert.That(imported, Is.True);
        Assert.That(await DifferencesAsync(), Is.Empty);
    }

    private IAsyncEnumerable<string> Rebuild() => Services.GetRequiredService<StatisticsRebuild>().RebuildAsync(null, CancellationToken.None);

    private async Task TendAsync()
    {
        await Services.GetRequiredService<StatisticsFold>().FoldAsync(CancellationToken.None);
        await Services.GetRequiredService<StatisticsFold>().FoldSessionsAsync(CancellationToken.None);
        await Services.GetRequiredService<RollupGrowth>().GrowAsync(CancellationToken.None);
    }

    private async Task<List<string>> DifferencesAsync() => await Services.GetRequiredService<StatisticsVerifier>()
        .VerifyAsync(null, CancellationToken.None).Select(difference => difference.ToString()).ToListAsync();

    private async Task RunAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
