using System.Text.Json.Nodes;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Aggregate;

/// <summary>
/// The documented figures without the document's two errors (docs/contracts/aggregate.md#differences-from-the-published-reference):
/// negative counters, and ids as text in one place. Once from unfolded events, once from the rollups.
/// </summary>
public sealed class DocumentedSampleTests : ServerTest
{
    private const string Channel104 =
        """
        {"active":true,"blacklists":{"user_id":[8965646]},"channel_id":104,"chats":{"total_brodcast":870,"total_received":59702},
         "users":{"total_concurrent":5,"total_concurrent_guests":5,"total_concurrent_users":0,"total_guests":5,"total_users":3}}
        """;

    private const string Channel96 =
        """
        {"active":true,"blacklists":{"user_id":[]},"channel_id":96,"chats":{"total_brodcast":2764,"total_received":266859},
         "users":{"total_concurrent":722,"total_concurrent_guests":27,"total_concurrent_users":695,"total_guests":27,"total_users":4}}
        """;

    private static readonly SeededApplication Aggregator = new(0, "Aggregator", "aggregator", "", DocumentedSample.DeveloperKey);

    [SetUp]
    public async Task StoreAsync()
    {
        Clock.Now = DocumentedSample.Now;
        await using var db = Database.ContextFor();
        await new DocumentedSample(db).StoreAsync();
    }

    [Test]
    public async Task History_shows_the_documented_figures()
    {
        await ExpectAsync("from unfolded events");

        var fold = Server.Services.GetRequiredService<StatisticsFold>();
        await fold.FoldAsync(CancellationToken.None);
        await fold.FoldSessionsAsync(CancellationToken.None);
        await ExpectAsync("from the rollups");

        var differences = Server.Services.GetRequiredService<StatisticsVerifier>().VerifyAsync(null, CancellationToken.None);
        Assert.That(await differences.Select(difference => difference.ToString()).ToListAsync(), Is.Empty);
    }

    private async Task ExpectAsync(string how)
    {
        const long start = DocumentedSample.Start;
        await ExpectAsync("/channels", $$"""{"channels":[{{Channel96}},{{Channel104}}]}""", how);
        await ExpectAsync("/channels?channel_id=96", $$"""{"channels":[{{Channel96}}]}""", how);
        await ExpectAsync("/channels/?active=true", $$"""{"channels":[{{Channel96}},{{Channel104}}]}""", how);
        await ExpectAsync("/channels/?channel_id=104&active=true", $$"""{"channels":[{{Channel104}}]}""", how);
        await ExpectAsync(
            "/chats?channel_id=96",
            """
            {"channel_id":96,"users":[
              {"chat_in-channel":2,"total_chats":2,"user_id":5513252},{"chat_in-channel":78176,"total_chats":96408,"user_id":8965643},
              {"chat_in-channel":57980,"total_chats":57980,"user_id":8965644},
              {"chat_in-channel":130701,"total_chats":130701,"user_id":8965645}]}
            """,
            how);
        await ExpectAsync(
            $"/chats?channel_id=96&ts_start={start}&ts_end={DocumentedSample.End}",
            $$"""
            {"channel_id":96,"ts_start":{{start}},"ts_end":{{DocumentedSample.End}},"users":[
              {"chat_in-channel":2,"chats_in_period":0,"total_chats":2,"user_id":5513252},
              {"chat_in-channel":78176,"total_chats":96408,"user_id":8965643},
              {"chat_in-channel":57980,"total_chats":57980,"user_id":8965644},
              {"chat_in-channel":130701,"total_chats":130701,"user_id":8965645}]}
            """,
            how);

        var aggregate = (await GetAsync($"/chat_aggregate?ts_start={start}&ts_end={DocumentedSample.LaterEnd}"))["chat_agg"]!;
        Assert.That(((long)aggregate["ts_start"]!, (long)aggregate["ts_end"]!), Is.EqualTo((start, DocumentedSample.LaterEnd)), how);
        Assert.That(
            aggregate["users"]!.AsArray().Where(user => (long)user!["total_chats"]! > 0).Select(user => user!.ToJsonString()),
            Is.EqualTo(new[]
            {
                """{"chats_in_period":0,"total_chats":2,"user_id":5513252}""",
                """{"chats_in_period":4,"total_chats":96408,"user_id":8965643}""",
                """{"chats_in_period":0,"total_chats":57980,"user_id":8965644}""",
                """{"chats_in_period":3,"total_chats":130701,"user_id":8965645}""",
                """{"chats_in_period":0,"total_chats":4462,"user_id":8965646}""",
                """{"chats_in_period":0,"total_chats":37008,"user_id":8965648}""",
            }),
            how);
        Assert.That(aggregate["users"]!.AsArray().Sum(user => (long)user!["total_chats"]!), Is.EqualTo(266_859 + 59_702), how);
    }

    private async Task ExpectAsync(string address, string expected, string how) =>
        Assert.That((await GetAsync(address)).ToJsonString(), Is.EqualTo(Json.Parse(expected).ToJsonString()), $"{address}, {how}");

    private async Task<JsonNode> GetAsync(string address)
    {
        using var response = await DeveloperFor(Aggregator).GetAsync(new Uri(address, UriKind.Relative));
        return Json.Parse(await response.Content.ReadAsStringAsync());
    }
}
