using ChatPlatform.Application.Common;
using ChatPlatform.Application.Statistics;
using ChatPlatform.Application.Users;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

/// <summary>Sessions and messages in three buckets and at their bounds, read with all periods that contain parts of the buckets.</summary>
public sealed class PartialBucketTests : DatabaseTest
{
    private static readonly int[] Minutes = [0, 5, 15, 22, 30, 40, 45];

    private readonly List<(long UserId, DateTime From, DateTime To)> _activities = [];

    private DateTime Start =>
        BucketGrid.StartOf(BucketGrid.AlignDown(BucketGrid.BucketOf(Clock.Now.AddDays(-1)), Resolution.Hour));

    [SetUp]
    public async Task AddUsersAsync()
    {
        _activities.Clear();
        var history = new History(Database, Hillside.Id);
        foreach (var from in Minutes)
        {
            foreach (var to in Minutes.Where(to => to >= from))
            {
                var visitor = await history.AddUserAsync(isGuest: false, Clock.Now);
                _activities.Add((visitor, Start.AddMinutes(from), Start.AddMinutes(to)));
                await history.AddSessionAsync(HillsideLobby.Id, visitor, Start.AddMinutes(from), Start.AddMinutes(to));
            }

            var writer = await history.AddUserAsync(isGuest: false, Clock.Now);
            _activities.Add((writer, Start.AddMinutes(from), Start.AddMinutes(from)));
            await history.SendAsync(HillsideLobby.Id, writer, Start.AddMinutes(from));
        }
    }

    [Test]
    public async Task Users_active_in_a_partial_bucket_are_found([Values] bool compacted, [Values] bool rebuilt)
    {
        await CompareAsync("unfolded");
        await RunOnceAsync(compacted);
        if (rebuilt)
        {
            await Services.GetRequiredService<StatisticsRebuild>().RebuildAsync(null, CancellationToken.None).LastAsync();
        }

        await CompareAsync("folded");
        foreach (var deleted in _activities.Where((_, i) => i % 3 == 0).ToList())
        {
            await SendAsync(Hillside, new DeleteUser(deleted.UserId, Erase: true));
            _activities.Remove(deleted);
        }

        await CompareAsync("deleted");
        await RunOnceAsync(compacted);
        await CompareAsync("deletion folded");
        Assert.That(
            await Services.GetRequiredService<StatisticsVerifier>().VerifyAsync(null, CancellationToken.None).ToListAsync(), Is.Empty);
    }

    private async Task CompareAsync(string state)
    {
        var tick = TimeSpan.FromMicroseconds(1);
        DateTime[] bounds =
        [
            .. Minutes.Concat([17, 33]).Select(minute => Start.AddMinutes(minute))
                .SelectMany(time => new[] { time - tick, time, time + tick }).Order(),
        ];
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(Hillside.Id);
        var statistics = scope.ServiceProvider.GetRequiredService<IUserStatistics>();
        foreach (var from in bounds)
        {
            foreach (var to in bounds.Where(to => to > from))
            {
                var active = await statistics
                    .ReadActive([new PointInterval(0, new Interval(from, to))], Clock.Now, CancellationToken.None)
                    .SelectMany(point => point.UserIds.ToAsyncEnumerable())
                    .ToListAsync();
                var expected = _activities.Where(p => p.From < to && (p.To > from || p.From >= from)).Select(p => p.UserId).Order();
                Assert.That(active, Is.EqualTo(expected), $"{state}: {from:HH:mm:ss.ffffff} to {to:HH:mm:ss.ffffff}");
            }
        }
    }

    private async Task RunOnceAsync(bool compacted)
    {
        await Services.GetRequiredService<StatisticsFold>().FoldAsync(CancellationToken.None);
        await Services.GetRequiredService<StatisticsFold>().FoldSessionsAsync(CancellationToken.None);
        if (compacted)
        {
            await Services.GetRequiredService<StatisticsCompaction>().CompactAsync(CancellationToken.None);
        }
    }
}
