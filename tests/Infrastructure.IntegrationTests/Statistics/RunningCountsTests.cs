using ChatPlatform.Application.Statistics;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Infrastructure.Statistics.Entities;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

/// <summary>Neighbours in different chunks, on days before and after checkpoints.</summary>
public sealed class RunningCountsTests : DatabaseTest
{
    private const int CheckpointDays = ChannelRunningCounts.Checkpoint / Resolution.Day;
    private const long LastInChunk = (1_000_000 * ChannelRunningCounts.ChannelsPerChunk) - 1;
    private const long FirstInNextChunk = LastInChunk + 1;

    private readonly Dictionary<(long Channel, DateTime Day), long> _sent = [];

    /// <summary>Ascending: days next to checkpoints, days between them, and a gap longer than a checkpoint interval.</summary>
    private DateTime[] Days
    {
        get
        {
            var checkpoint = BucketGrid.StartOf(
                BucketGrid.AlignDown(BucketGrid.BucketOf(Clock.Now.AddDays(-CheckpointDays)), ChannelRunningCounts.Checkpoint));
            return [.. new[] { (-3 * CheckpointDays) - 1, -CheckpointDays, -1, 0, 1, 5 }.Select(day => checkpoint.AddDays(day))];
        }
    }

    [Test]
    public async Task Counts_of_all_ranges_of_days_include_late_messages([Values] bool rebuilt)
    {
        await AddChannelsAsync();
        _sent.Clear();
        var history = new History(Database, Hillside.Id);
        var count = 1;
        foreach (var day in Days)
        {
            await ImportAsync(history, LastInChunk, day, count++);
            await ImportAsync(history, FirstInNextChunk, day.AddHours(23), count++);
        }

        await RunOnceAsync();
        await CompareAsync("folded");

        await ImportAsync(history, FirstInNextChunk, Days[0].AddDays(-1), 100);
        await ImportAsync(history, FirstInNextChunk, Days[2], 1_000);
        await ImportAsync(history, LastInChunk, Days[3].AddDays(1), 10_000);
        await CompareAsync("late messages unfolded");
        await RunOnceAsync();
        await CompareAsync("late messages folded");

        if (rebuilt)
        {
            await RunAsync("DELETE FROM channel_running_counts WHERE resolution = 96 OR start % 2 = 0");
            await Services.GetRequiredService<StatisticsRebuild>().RebuildAsync(null, CancellationToken.None).LastAsync();
            await CompareAsync("rebuilt");
        }

        var differences = await Services.GetRequiredService<StatisticsVerifier>().VerifyAsync(null, CancellationToken.None).ToListAsync();
        Assert.That(differences, Is.Empty);
    }

    [Test]
    public async Task Counts_may_exceed_the_range_of_an_int()
    {
        await AddChannelsAsync();
        await new History(Database, Hillside.Id).ImportAsync(LastInChunk, HillsideAlice.Id, Days[0], 1, broadcast: true);
        await RunOnceAsync();
        await RunAsync($"UPDATE channel_running_counts SET counts[{ChannelRunningCounts.ChannelsPerChunk}] = 5000000000");

        var page = await SendAsync(Hillside, new ListChannelActivity(Days[0], Clock.Now, Limit: 1));

        Assert.That(page.Value.Channels.Single().Messages, Is.EqualTo(5_000_000_000));
    }

    private async Task CompareAsync(string state)
    {
        DateTime[] bounds = [Days[0].AddDays(-2), .. Days, Clock.Now];
        foreach (var start in bounds)
        {
            foreach (var end in bounds.Where(end => end >= start))
            {
                var page = (await SendAsync(Hillside, new ListChannelActivity(start, end, Limit: 10_000))).Value;
                foreach (var channel in new[] { LastInChunk, FirstInNextChunk })
                {
                    var days = (end.Date - start.Date).Days + 1;
                    var found = page.Channels.Single(row => row.ChannelId == channel);
                    Assert.That(
                        (found.Messages, found.MessagesBefore),
                        Is.EqualTo((Sent(channel, start.Date, days), Sent(channel, start.Date.AddDays(-days), days))),
                        $"{state}: channel {channel}, {start:yyyy-MM-dd} to {end:yyyy-MM-dd}");
                }
            }
        }
    }

    private long Sent(long channel, DateTime from, int days) =>
        _sent.Where(sent => sent.Key.Channel == channel && sent.Key.Day >= from && sent.Key.Day < from.AddDays(days))
            .Sum(sent => sent.Value);

    private async Task ImportAsync(History history, long channel, DateTime at, int count)
    {
        await history.ImportAsync(channel, HillsideAlice.Id, at, count, broadcast: true);
        _sent[(channel, at.Date)] = _sent.GetValueOrDefault((channel, at.Date)) + count;
    }

    private async Task AddChannelsAsync()
    {
        foreach (var id in new[] { LastInChunk, FirstInNextChunk })
        {
            await RunAsync(
                $$"""
                INSERT INTO channels (application_id, id, type, name, display_name, properties, active, created_time, updated_time)
                VALUES ({{Hillside.Id}}, {{id}}, 0, 'n{{id}}', 'N', '{}', true, now(), now());
                INSERT INTO threads (application_id, id, channel_id, type, properties, created_time)
                VALUES ({{Hillside.Id}}, {{id}}, {{id}}, 0, '{}', now())
                """);
        }
    }

    private async Task RunOnceAsync()
    {
        await Services.GetRequiredService<StatisticsFold>().FoldAsync(CancellationToken.None);
        await Services.GetRequiredService<StatisticsCompaction>().CompactAsync(CancellationToken.None);
    }

    private async Task RunAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
