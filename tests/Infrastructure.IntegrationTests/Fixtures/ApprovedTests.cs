using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Fixtures;

public sealed class ApprovedTests
{
    private const string Json =
        """
        {"id":17,"userId":"4","name":"17","_links":{"self":{"href":"http://x/v1/users/4/messages/17?size=3"}},
        "items":[{"channel_id":9,"at":"2026-06-15T12:00:00Z"},{"channel_id":17,"at":"2026-06-15T12:00:00Z"}],
        "key":"0f8fad5b-d9cb-469f-a165-70867728950e","count":17,"none":null}
        """;

    [Test]
    public void Ids_times_and_guids_become_placeholders() => Approved.Matches(Json, "Placeholders");

    [Test]
    public void Difference_fails_and_is_saved_as_received()
    {
        var received = Path.Combine(TestContext.CurrentContext.TestDirectory, "../../../Approved/Placeholders.received.json");

        var failure = Assert.Throws<AssertionException>(() =>
        {
            using (new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext())
            {
                Approved.Matches(Json.Replace("\"count\":17", "\"count\":18", StringComparison.Ordinal), "Placeholders");
            }
        });

        Assert.That(failure!.Message, Does.Contain("\"count\": 18"));
        Assert.That(File.ReadAllText(received), Does.Contain("\"count\": 18"));
        Approved.Matches(Json, "Placeholders");
        Assert.That(File.Exists(received), Is.False, "a match deletes the received file");
    }
}
