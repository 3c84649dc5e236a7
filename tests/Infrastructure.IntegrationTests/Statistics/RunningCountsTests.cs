using ChatPlatform.Application.Statistics;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Infrastructure.Statistics.Rollups;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

/// <summary>Neighbours in different chunks, on the days at which periods begin and end.</summary>
public sealed class RunningCountsTests : DatabaseTest
{
    private const int DaysOfPeriod = ChannelRunningCounts.Period / ChannelRunningCounts.Day;
    private const long LastOfChunk = (1_000_000 * ChannelRunningCounts.ChunkSize) - 1;
    private const long FirstOfNext = LastOfChunk + 1;

    private readonly Dictionary<(long Channel, DateTime Day), long> _sent = [];

    /// <summary>Ascending: ends and beginnings of periods, days within, a gap of more than a period.</summary>
    private DateTime[] Days
    {
        get
        {
            var period = Slots.Begin(Slots.AlignDown(Slots.Of(Clock.Now.AddDays(-DaysOfPeriod)), ChannelRunningCounts.Period));
            return [.. new[] { (-3 * DaysOfPeriod) - 1, -DaysOfPeriod, -1, 0, 1, 5 }.Select(day => period.AddDays(day))];
        }
    }

    [Test]
    public async Task Any_days_are_counted_right_also_after_late_messages([Values] bool rebuilt)
    {
        await AddChannelsAsync();
        _sent.Clear();
        var history = new History(Database, Hillside.Id);
        var count = 1;
        foreach (var day in Days)
        {
            await ImportAsync(history, LastOfChunk, day, count++);
            await ImportAsync(history, FirstOfNext, day.AddHours(23), count++);
        }

        await TendAsync();
        await CompareAsync("at first");

        await ImportAsync(history, FirstOfNext, Days[0].AddDays(-1), 100);
        await ImportAsync(history, FirstOfNext, Days[2], 1_000);
        await ImportAsync(history, LastOfChunk, Days[3].AddDays(1), 10_000);
        await CompareAsync("late messages in the tail");
        await TendAsync();
        await CompareAsync("late messages");

        if (rebuilt)
        {
            await RunAsync("DELETE FROM channel_running_counts WHERE span = 96 OR start % 2 = 0");
            await Services.GetRequiredService<StatisticsRebuild>().RebuildAsync(null, CancellationToken.None).LastAsync();
            await CompareAsync("rebuilt");
        }

        var differences = await Services.GetRequiredService<StatisticsVerifier>().VerifyAsync(null, CancellationToken.None).ToListAsync();
        Assert.That(differences, Is.Empty);
    }

    [Test]
    public async Task More_messages_than_an_int_can_count_are_counted()
    {
        await AddChannelsAsync();
        await new History(Database, Hillside.Id).ImportAsync(LastOfChunk, HillsideAlice.Id, Days[0], 1, broadcast: true);
        await TendAsync();
        await RunAsync($"UPDATE channel_running_counts SET counts[{ChannelRunningCounts.ChunkSize}] = 5000000000");

        var page = await SendAsync(Hillside, new ListChannelActivity(Days[0], Clock.Now, Limit: 1));

        Assert.That(page.Value.Channels.Single().Messages, Is.EqualTo(5_000_000_000));
    }

    private async Task CompareAsync(string when)
    {
        DateTime[] bounds = [Days[0].AddDays(-2), .. Days, Clock.Now];
        foreach (var start in bounds)
        {
            foreach (var end in bounds.Where(end => end >= start))
            {
                var page = (await SendAsync(Hillside, new ListChannelActivity(start, end, Limit: 10_000))).Value;
                foreach (var channel in new[] { LastOfChunk, FirstOfNext })
                {
                    var days = (end.Date - start.Date).Days + 1;
                    var found = page.Channels.Single(row => row.ChannelId == channel);
                    Assert.That(
                        (found.Messages, found.MessagesBefore),
                        Is.EqualTo((Sent(channel, start.Date, days), Sent(channel, start.Date.AddDays(-days), days))),
                        $"{when}: channel {channel}, {start:yyyy-MM-dd} to {end:yyyy-MM-dd}");
                }
            }
        }
    }

    private long Sent(long channel, DateTime from, int days) =>
        _sent.Where(sent => sent.Key.Channel == channel && sent.Key.Day >= from && sent.Key.Day < from.AddDays(days)).Sum(sent => sent.Value);

    private async Task ImportAsync(History history, long channel, DateTime at, int count)
    {
        await history.ImportAsync(channel, HillsideAlice.Id, at, count, broadcast: true);
        _sent[(channel, at.Date)] = _sent.GetValueOrDefault((channel, at.Date)) + count;
    }

    private async Task AddChannelsAsync()
    {
        foreach (var id in new[] { LastOfChunk, FirstOfNext })
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

    private async Task TendAsync()
    {
        await Services.GetRequiredService<StatisticsFold>().FoldAsync(CancellationToken.None);
        await Services.GetRequiredService<RollupGrowth>().GrowAsync(CancellationToken.None);
    }

    private async Task RunAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
