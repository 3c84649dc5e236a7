using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

public sealed class VerifierTests : DatabaseTest
{
    [Test]
    public async Task Folded_rollups_have_no_differences()
    {
        Assert.That(await FoldAsync(), Is.GreaterThan(0));
        Assert.That(await VerifyAsync(null), Is.Empty);
    }

    [TestCase("UPDATE channel_totals SET received = received + 1 WHERE channel_id = 1",
        "application 1, received by a channel, channel 1: stored 4, counted 3")]
    [TestCase("UPDATE channel_totals SET broadcast = 0 WHERE channel_id = 1",
        "application 1, broadcast in a channel, channel 1: stored 0, counted 2")]
    [TestCase("UPDATE channel_totals SET users = 9 WHERE channel_id = 2",
        "application 1, users of a channel, channel 2: stored 9, counted 2")]
    [TestCase("UPDATE channel_totals SET guests = 1 WHERE channel_id = 2",
        "application 1, guests of a channel, channel 2: stored 1, counted 0")]
    [TestCase("DELETE FROM user_totals WHERE user_id = 2", "application 1, sent by a user, user 2: stored 0, counted 1")]
    [TestCase("UPDATE channel_contributors SET received = 5 WHERE channel_id = 1 AND user_id = 2",
        "application 1, received from a user, channel 1, user 2: stored 5, counted 1")]
    [TestCase("UPDATE channel_contributors SET is_member = false WHERE channel_id = 1 AND user_id = 1",
        "application 1, membership of a user, channel 1, user 1: stored 0, counted 1")]
    [TestCase("UPDATE channel_counts SET broadcast = 3 WHERE channel_id = 1 AND resolution = 1",
        "application 1, messages of a channel, channel 1, 2026-06-15T11:30Z to 2026-06-15T11:45Z: stored 3, counted 2")]
    [TestCase("DELETE FROM type_counts WHERE application_id = 1 AND resolution = 1",
        "application 1, messages of channel type 0, 2026-06-15T11:30Z to 2026-06-15T11:45Z: stored 0, counted 2")]
    [TestCase("UPDATE activity SET users = set_bit(users, 9, 1) WHERE application_id = 1 AND resolution = 1",
        "application 1, active users, user 9, 2026-06-15T11:30Z to 2026-06-15T11:45Z: stored 3, counted 2")]
    public async Task A_wrong_figure_is_reported(string corruption, string difference)
    {
        await FoldAsync();
        await using (var command = DataSource.CreateCommand(corruption))
        {
            Assert.That(await command.ExecuteNonQueryAsync(), Is.EqualTo(1), "rows corrupted");
        }

        Assert.That(await VerifyAsync(null), Is.EqualTo(new[] { difference }));
        Assert.That(await VerifyAsync(SeededCommunity.Hillside.Id), Is.Empty, "the other application");
    }

    [Test]
    public async Task Sessions_before_the_first_message_are_in_the_coarser_buckets()
    {
        var history = new History(Database, SeededCommunity.Hillside.Id);
        var (begin, end) = (Clock.Now.AddDays(-300), Clock.Now.AddDays(-300).AddHours(9));
        await history.AddSessionAsync(SeededCommunity.HillsideLobby.Id, SeededCommunity.HillsideAlice.Id, begin, end);
        await Services.GetRequiredService<StatisticsFold>().FoldSessionsAsync(CancellationToken.None);
        await FoldAsync();
        await Services.GetRequiredService<StatisticsCompaction>().CompactAsync(CancellationToken.None);

        Assert.That(await VerifyAsync(null), Is.Empty);
    }

    [Test]
    public async Task Sessions_that_cover_a_whole_bucket_are_recounted()
    {
        var history = new History(Database, SeededCommunity.Hillside.Id);
        var begin = new DateTime(2026, 6, 14, 9, 5, 0, DateTimeKind.Utc);
        await history.AddSessionAsync(SeededCommunity.HillsideLobby.Id, SeededCommunity.HillsideAlice.Id, begin, begin.AddMinutes(30));
        await Services.GetRequiredService<StatisticsFold>().FoldSessionsAsync(CancellationToken.None);
        await FoldAsync();
        Assert.That(await VerifyAsync(null), Is.Empty);

        await using (var command = DataSource.CreateCommand("UPDATE activity SET start = start - 1 WHERE resolution = 0"))
        {
            Assert.That(await command.ExecuteNonQueryAsync(), Is.EqualTo(1), "rows: a session from 9:05 to 9:35 covers one bucket");
        }

        var alice = SeededCommunity.HillsideAlice.Id;
        Assert.That(await VerifyAsync(null), Is.EquivalentTo(new[]
        {
            $"application 2, active throughout, user {alice}, 2026-06-14T09:00Z to 2026-06-14T09:15Z: stored 1, counted 0",
            $"application 2, active throughout, user {alice}, 2026-06-14T09:15Z to 2026-06-14T09:30Z: stored 0, counted 1",
        }));
    }

    private Task<long> FoldAsync() => Services.GetRequiredService<StatisticsFold>().FoldAsync(CancellationToken.None);

    private async Task<List<string>> VerifyAsync(long? application)
    {
        var differences = new List<string>();
        await foreach (var difference in Services.GetRequiredService<StatisticsVerifier>().VerifyAsync(application, CancellationToken.None))
        {
            differences.Add(difference.ToString());
        }

        return differences;
    }
}
