using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.IntegrationTests.Statistics;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Events;

public sealed class LogFollowerTests : DatabaseTest
{
    [TestCase(3, 2)]
    [TestCase(2, 3)]
    public async Task Follower_returns_after_catching_up_while_writes_continue(int batchSize, int batches)
    {
        var history = new History(Database, SeededCommunity.Riverside.Id);
        var follower = new LogFollower(DataSource, "test", 0x54_45_53_54, batchSize);
        await follower.RegisterAsync(default);
        for (var i = 0; i < 3; i++)
        {
            await SendAsync();
        }

        var processed = 0;
        await follower.FollowAsync(
            async (_, _) =>
            {
                // The first batch adds almost a full batch; each later one adds one event, without an end.
                for (var i = 0; i < (processed == 0 ? batchSize - 1 : 1); i++)
                {
                    await SendAsync();
                }

                processed++;
                Assert.That(processed, Is.LessThan(10), "it never returns");
            },
            default);

        Assert.That(processed, Is.EqualTo(batches));

        Task SendAsync() => history.SendAsync(SeededCommunity.Lobby.Id, SeededCommunity.Bob.Id, SeededCommunity.Now);
    }
}
