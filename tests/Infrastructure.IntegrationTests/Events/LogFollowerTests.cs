using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.IntegrationTests.Statistics;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Events;

public sealed class LogFollowerTests : DatabaseTest
{
    [TestCase(3, 2)]
    [TestCase(2, 3)]
    public async Task Who_has_caught_up_waits_for_the_next_call_while_others_go_on_writing(int batchSize, int batches)
    {
        var history = new History(Database, SeededCommunity.Riverside.Id);
        var follower = new LogFollower(DataSource, "test", 0x54_45_53_54, batchSize);
        await follower.RegisterAsync(default);
        for (var i = 0; i < 3; i++)
        {
            await SendAsync();
        }

        var worked = 0;
        await follower.FollowAsync(
            async (_, _) =>
            {
                // As many while it works as it takes at most, once; then fewer, without an end.
                for (var i = 0; i < (worked == 0 ? batchSize - 1 : 1); i++)
                {
                    await SendAsync();
                }

                worked++;
                Assert.That(worked, Is.LessThan(10), "it never waits");
            },
            default);

        Assert.That(worked, Is.EqualTo(batches));

        Task SendAsync() => history.SendAsync(SeededCommunity.Lobby.Id, SeededCommunity.Bob.Id, SeededCommunity.Now);
    }
}
