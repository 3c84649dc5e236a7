using ChatPlatform.Application.Common;
using ChatPlatform.Application.Statistics;
using ChatPlatform.Application.Users;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

/// <summary>Sessions and messages at the borders of three slots and within them, seen by periods that cut the slots in every way.</summary>
public sealed class CutSlotTests : DatabaseTest
{
    private static readonly int[] Minutes = [0, 5, 15, 22, 30, 40, 45];

    private readonly List<(long UserId, DateTime From, DateTime To)> _presences = [];

    private DateTime Begin => Slots.Begin(Slots.AlignDown(Slots.Of(Clock.Now.AddDays(-1)), 4));

    [SetUp]
    public async Task ThereAreUsersAsync()
    {
        _presences.Clear();
        var history = new History(Database, Hillside.Id);
        foreach (var from in Minutes)
        {
            foreach (var to in Minutes.Where(to => to >= from))
            {
                var visitor = await history.AddUserAsync(isGuest: false, Clock.Now);
                _presences.Add((visitor, Begin.AddMinutes(from), Begin.AddMinutes(to)));
                await history.AddSessionAsync(HillsideLobby.Id, visitor, Begin.AddMinutes(from), Begin.AddMinutes(to));
            }

            var writer = await history.AddUserAsync(isGuest: false, Clock.Now);
            _presences.Add((writer, Begin.AddMinutes(from), Begin.AddMinutes(from)));
            await history.SendAsync(HillsideLobby.Id, writer, Begin.AddMinutes(from));
        }
    }

    [Test]
    public async Task Who_was_active_in_a_part_of_a_slot_is_known([Values] bool grown, [Values] bool rebuilt)
    {
        await CompareAsync("unfolded");
        await TendAsync(grown);
        if (rebuilt)
        {
            await Services.GetRequiredService<StatisticsRebuild>().RebuildAsync(null, CancellationToken.None).LastAsync();
        }

        await CompareAsync("folded");
        foreach (var gone in _presences.Where((_, i) => i % 3 == 0).ToList())
        {
            await SendAsync(Hillside, new DeleteUser(gone.UserId, Erase: true));
            _presences.Remove(gone);
        }

        await CompareAsync("deleted");
        await TendAsync(grown);
        await CompareAsync("deletion folded");
        Assert.That(
            await Services.GetRequiredService<StatisticsVerifier>().VerifyAsync(null, CancellationToken.None).ToListAsync(), Is.Empty);
    }

    private async Task CompareAsync(string when)
    {
        var tick = TimeSpan.FromMicroseconds(1);
        DateTime[] bounds =
        [
            .. Minutes.Concat([17, 33]).Select(minute => Begin.AddMinutes(minute)).SelectMany(at => new[] { at - tick, at, at + tick }).Order(),
        ];
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(Hillside.Id);
        var statistics = scope.ServiceProvider.GetRequiredService<IUserStatistics>();
        foreach (var from in bounds)
        {
            foreach (var to in bounds.Where(to => to > from))
            {
                var active = await statistics
                    .ReadActive([new BucketInterval(0, new Interval(from, to))], Clock.Now, CancellationToken.None)
                    .SelectMany(bucket => bucket.UserIds.ToAsyncEnumerable())
                    .ToListAsync();
                var expected = _presences.Where(p => p.From < to && (p.To > from || p.From >= from)).Select(p => p.UserId).Order();
                Assert.That(active, Is.EqualTo(expected), $"{when}: {from:HH:mm:ss.ffffff} to {to:HH:mm:ss.ffffff}");
            }
        }
    }

    private async Task TendAsync(bool grown)
    {
        await Services.GetRequiredService<StatisticsFold>().FoldAsync(CancellationToken.None);
        await Services.GetRequiredService<StatisticsFold>().FoldSessionsAsync(CancellationToken.None);
        if (grown)
        {
            await Services.GetRequiredService<RollupGrowth>().GrowAsync(CancellationToken.None);
        }
    }
}
