using System.Globalization;
using ChatPlatform.Application.Statistics;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

/// <summary>Compares all reports with a recount after every step of a random history.</summary>
public sealed class RandomHistoryTests : DatabaseTest
{
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"];

    private StatisticsFold Fold => Services.GetRequiredService<StatisticsFold>();

    [Test]
    public async Task Every_figure_equals_a_recount([Values(1, 2, 3)] int seed) =>
        await AssertAsync(seed, steps: 60, steps => ReplayAsync(steps, writers: 1));

    [Test]
    public async Task Every_figure_equals_a_recount_with_concurrent_writers_and_fold([Values(4, 5)] int seed) =>
        await AssertAsync(seed, steps: 12, steps => ReplayAsync(steps, writers: 6));

    /// <summary>
    /// Reports the seed and the shortest failing list of steps. Other seeds:
    /// <c>dotnet test -- 'TestRunParameters.Parameter(name="seed", value="17")'</c>.
    /// </summary>
    private static async Task AssertAsync(int seed, int steps, Func<IReadOnlyList<int>, Task<string?>> replay)
    {
        seed = TestContext.Parameters.Get("seed", seed);
        var random = new Random(seed);
        var all = Enumerable.Range(0, steps).Select(_ => random.Next()).ToList();
        if (await replay(all) is { } failure)
        {
            var (few, reason) = await Shrinker.ShrinkAsync(all, failure, replay);
            Assert.Fail($"seed {seed}, steps {string.Join(", ", few)}\n{reason}");
        }
    }

    /// <summary>
    /// Resets the database and runs the steps; each step is the seed of its random numbers. With several writers the fold runs all the
    /// time, also during the comparison.
    /// </summary>
    /// <returns>The first difference, with the history before it; null if there is none.</returns>
    private async Task<string?> ReplayAsync(IReadOnlyList<int> steps, int writers)
    {
        await ResetDatabase();
        var communities = new[] { SeededCommunity.Riverside, SeededCommunity.Hillside }
            .Select(application => new Community(Database, Services, application, Clock, concurrent: writers > 1)).ToArray();
        using var stop = new CancellationTokenSource();
        var folding = writers > 1 ? Task.Run(() => FoldUntilAsync(stop.Token)) : Task.CompletedTask;
        var history = new List<string>();
        string? difference = null;
        foreach (var step in steps)
        {
            var random = new Random(step);
            var community = communities[random.Next(communities.Length)];
            var descriptions = writers == 1
                ? [await community.RunStepAsync(random)]
                : await Task.WhenAll(Enumerable.Range(0, writers)
                    .Select(writer => Task.Run(() => RunStepsAsync(communities, step, writer))));
            history.Add(string.Join("; ", descriptions) + await RunWorkerAsync(random));
            Clock.Advance(TimeSpan.FromMinutes(random.Next(0, 12 * 60)));
            difference = await FirstDifferenceAsync(community.Application, random) ?? await VerifyAsync();
            if (difference is not null)
            {
                break;
            }
        }

        await stop.CancelAsync();
        await folding;
        return difference is null ? null : $"{string.Join('\n', history)}\n{difference}";
    }

    private static async Task<string> RunStepsAsync(Community[] communities, int step, int writer)
    {
        var random = new Random(step ^ (writer + 1));
        var descriptions = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            descriptions.Add(await communities[random.Next(communities.Length)].RunStepAsync(random));
        }

        return string.Join(", ", descriptions);
    }

    private async Task FoldUntilAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Fold.FoldAsync(CancellationToken.None);
            await Fold.FoldSessionsAsync(CancellationToken.None);
            await Services.GetRequiredService<StatisticsCompaction>().CompactAsync(CancellationToken.None);
        }
    }

    /// <summary>Runs a random part of the server's worker, or nothing.</summary>
    private async Task<string> RunWorkerAsync(Random random)
    {
        switch (random.Next(8))
        {
            case 0 or 1:
                await Fold.FoldAsync(CancellationToken.None);
                return ", folded";
            case 2:
                await Fold.FoldSessionsAsync(CancellationToken.None);
                return ", sessions folded";
            case 3:
                await Services.GetRequiredService<StatisticsCompaction>().CompactAsync(CancellationToken.None);
                return ", compacted";
            case 4 when random.Next(4) == 0:
                await Services.GetRequiredService<StatisticsRebuild>().RebuildAsync(null, CancellationToken.None).LastAsync();
                return ", rebuilt";
            default:
                return "";
        }
    }

    private async Task<string?> FirstDifferenceAsync(SeededApplication application, Random random)
    {
        var zone = Zones[random.Next(Zones.Length)];
        var days = random.Next(4) == 0 ? 420 : 45;
        var from = Clock.Now.AddMinutes(-random.Next(1, days * 24 * 60));
        var to = from.AddMinutes(random.Next(0, random.Next(2) == 0 ? 3 * 24 * 60 : days * 24 * 60));
        var pages = random.Next(1, 4);
        await foreach (var (name, figures, recount) in ComparedAsync(application, zone, from, to, pages))
        {
            var (reported, counted) = (figures.Split('\n'), recount.Split('\n'));
            if (!reported.SequenceEqual(counted))
            {
                return $"{name}, {from:O} to {to:O}, {zone}\nreport:  {string.Join("\n         ", reported.Except(counted))}\n"
                    + $"counted: {string.Join("\n         ", counted.Except(reported))}";
            }
        }

        return null;
    }

    private async IAsyncEnumerable<(string Name, string Figures, string Recount)> ComparedAsync(
        SeededApplication application, string zone, DateTime from, DateTime to, int pages)
    {
        var (rows, id, period) = (new Recount(DataSource), application.Id, new Period(from, to));
        var days = new EngagementRecount(DataSource, id, from, to, zone, Clock.Now);
        yield return ("totals", await Figures.TotalsAsync(Send), await rows.TotalsAsync(id));
        var chatters = await rows.ChattersAsync(id, from, to);
        yield return ("chatters", await Figures.ChattersAsync(Send, new ListChatters(null, period)), chatters);
        yield return (
            "chatters by page",
            await ChattersByPageAsync(application, period, pages),
            string.Join('\n', chatters.Split('\n').Where(line => !line.Contains("  in=", StringComparison.Ordinal))));
        var users = await rows.UsersAsync(id, from, to);
        yield return ("users", await Figures.UsersAsync(Send, new ListUserTotals(period)), users);
        yield return ("users by page", await UsersByPageAsync(application, period, pages), users);
        var activity = ByMessages(await rows.ActivityAsync(id, from, to, zone));
        yield return (
            "activity",
            await Figures.ActivityAsync(Send, new ListChannelActivity(from, to, zone, Limit: 1000)),
            string.Join('\n', activity));
        var active = activity.Where(line => !line.EndsWith(" 0 0", StringComparison.Ordinal)).ToList();
        yield return (
            "activity by page",
            await ActivityByPageAsync(application, new ListChannelActivity(from, to, zone, OnlyActive: true, Limit: pages)),
            string.Join('\n', active.Select(line => $"{line} of {active.Count}")));
        yield return (
            "busy hours",
            await Figures.BusyHoursAsync(Send, new GetBusyHours(to, zone)),
            await rows.BusyHoursAsync(id, to, zone, Clock.Now));
        yield return ("week", await Figures.WeekAsync(Send, new GetBusyWeek(from, zone)), await days.WeekAsync());
        yield return ("hours", await Figures.HoursAsync(Send, new GetActiveHours(from, to, zone)), await days.HoursAsync());
        yield return (
            "active users", await Figures.ActiveUsersAsync(Send, new ListActiveUsers(from, to, zone)), await days.ActiveUsersAsync());
        yield return ("messages sent", await Figures.DaysAsync(Send, new GetMessagesSent(from, to, zone)), await days.MessagesSentAsync());
        yield return ("new users", await Figures.DaysAsync(Send, new GetNewUsers(from, to, zone)), await days.NewUsersAsync());
        yield return ("origins", await Figures.OriginsAsync(Send, new GetMessageOrigins(from, to, zone)), await days.OriginsAsync());
        yield return ("popular", await Figures.PopularAsync(Send, new ListPopularChannels(from, to, zone)), await days.PopularAsync());

        Task<Result<T>> Send<T>(IRequest<Result<T>> request) => SendAsync(application, request);
    }

    private async Task<string> ChattersByPageAsync(SeededApplication application, Period period, int limit)
    {
        var lines = new List<string>();
        foreach (var channel in await (await SendAsync(application, new ListChannelTotals())).Value.ToListAsync())
        {
            for (long after = 0; ;)
            {
                var chatters = await SendAsync(application, new ListChatters(channel.ChannelId, period, after, limit));
                var page = await chatters.Value.ToListAsync();
                if (page.Count == 0)
                {
                    break;
                }

                lines.AddRange(page.Select(Figures.Line));
                after = page[^1].UserId!.Value;
            }
        }

        return string.Join('\n', lines);
    }

    private async Task<string> ActivityByPageAsync(SeededApplication application, ListChannelActivity first)
    {
        var lines = new List<string>();
        for (var request = first; ; request = request with { Offset = request.Offset + request.Limit })
        {
            var page = (await SendAsync(application, request)).Value;
            lines.AddRange(page.Channels.Select(c => $"{c.ChannelId} {c.Messages} {c.MessagesBefore} of {page.Total}"));
            if (page.Channels.Count < request.Limit)
            {
                return string.Join('\n', lines);
            }
        }
    }

    private async Task<string> UsersByPageAsync(SeededApplication application, Period period, int limit)
    {
        var lines = new List<string>();
        for (long after = 0; ;)
        {
            var page = await (await SendAsync(application, new ListUserTotals(period, after, limit))).Value.ToListAsync();
            if (page.Count == 0)
            {
                return string.Join('\n', lines);
            }

            lines.AddRange(page.Select(Figures.Line));
            after = page[^1].UserId;
        }
    }

    private async Task<string?> VerifyAsync()
    {
        var verifier = Services.GetRequiredService<StatisticsVerifier>();
        var differences = await verifier.VerifyAsync(null, CancellationToken.None)
            .Select(difference => difference.ToString()).ToListAsync();
        return differences.Count == 0 ? null : string.Join('\n', differences);
    }

    private static List<string> ByMessages(string lines) =>
    [
        .. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .OrderByDescending(line => Number(line, 1)).ThenBy(line => Number(line, 0)),
    ];

    private static long Number(string line, int column) => long.Parse(line.Split(' ')[column], CultureInfo.InvariantCulture);
}
