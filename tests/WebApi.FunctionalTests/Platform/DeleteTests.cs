using System.Net;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using Npgsql;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Deletions: what they remove and leave; statistics follow at once (docs/contracts/platform.md#deletions).</summary>
public sealed class DeleteTests : PlatformTest
{
    protected override bool Workers => true;

    [Test]
    public async Task Deleting_a_message_deletes_its_replies_and_corrects_the_counts()
    {
        var deeper = await PostAsync($"/v1/threads/{Reply}/messages", """{"type":"TEXT","body":"x","user":{"id":1}}""");

        var thread = await DeleteAsync($"/v1/messages/{Greeting}");

        Assert.That((long)thread["id"]!, Is.EqualTo(Greeting));
        Assert.That((string)thread["type"]!, Is.EqualTo("MESSAGE"));
        foreach (var id in new[] { Greeting, Reply, (long)deeper["id"]! })
        {
            await GetAsync($"/v1/messages/{id}", HttpStatusCode.NotFound);
        }

        await DeleteAsync($"/v1/messages/{Greeting}", HttpStatusCode.NotFound);
        Assert.That(await LobbyAsync(), Is.EqualTo((1, 0)), "the message of Carol remains, received but not broadcast");
    }

    [Test]
    public async Task Deleting_a_channel_deletes_its_messages_and_frees_its_name()
    {
        var application = await DeleteAsync($"/v1/channels/{Lobby.Id}");

        Assert.That((string)application["key"]!, Is.EqualTo("riverside"));
        string[] paths =
            ["/v1/channels/1", "/v1/channels/1/messages", "/v1/channels/1/members", "/v1/threads/1", $"/v1/messages/{Greeting}"];
        foreach (var path in paths)
        {
            await GetAsync(path, HttpStatusCode.NotFound);
        }

        await PostAsync("/v1/channels/1/messages", """{"type":"TEXT","body":"x"}""", HttpStatusCode.NotFound);
        var again = await PostAsync("/v1/channels", """{"type":"PRIVATE","name":"lobby"}""");
        Assert.That((long)again["id"]!, Is.Not.EqualTo(Lobby.Id));
        Assert.That(await FiguresAsync("/channels?channel_id=1", HttpStatusCode.NotFound), Is.Not.Null);
        var users = (await FiguresAsync("/chat_aggregate"))["chat_agg"]!["users"]!.AsArray();
        Assert.That(users.Sum(user => (int)user!["total_chats"]!), Is.Zero);
        Assert.That(await CountAsync("select count(*) from channels where id = 1"), Is.Zero);
    }

    [Test]
    public async Task Deleted_direct_channel_can_be_created_again()
    {
        await DeleteAsync($"/v1/channels/{AliceAndBob.Id}");

        var again = await PostAsync("/v1/channels", """{"type":"DIRECT","members":[{"id":1},{"id":2}]}""");

        Assert.That((long)again["id"]!, Is.Not.EqualTo(AliceAndBob.Id));
    }

    [Test]
    public async Task Messages_of_a_deleted_user_remain_without_profile()
    {
        var application = await DeleteAsync($"/v1/users/{Alice.Id}");

        Assert.That((string)application["key"]!, Is.EqualTo("riverside"));
        await GetAsync($"/v1/users/{Alice.Id}", HttpStatusCode.NotFound);
        await DeleteAsync($"/v1/users/{Alice.Id}", HttpStatusCode.NotFound);
        var greeting = await GetAsync($"/v1/messages/{Greeting}");
        Assert.That((string)greeting["body"]!, Is.EqualTo("Good morning"));
        Assert.That((string)greeting["user"]!["displayName"]!, Is.EqualTo("Deleted user"));
        Assert.That((string)greeting["user"]!["name"]!, Does.Not.Contain("alice"));
        Assert.That(Ids(await GetAsync("/v1/channels/1/members"), "users"), Is.EqualTo([Bob.Id, Carol.Id]));
        Assert.That(await CountAsync("select count(*) from accounts where application_id = 1 and user_id = 1"), Is.Zero);
        Assert.That(await LobbyAsync(), Is.EqualTo((3, 2)));
        await PostAsync("/v1/users", """{"name":"alice","displayName":"Another Alice"}""");
    }

    [Test]
    public async Task Erasing_a_user_deletes_their_messages()
    {
        await DeleteAsync($"/v1/users/{Alice.Id}?erase=true");

        await GetAsync($"/v1/messages/{Greeting}", HttpStatusCode.NotFound);
        await GetAsync($"/v1/messages/{Reply}", HttpStatusCode.NotFound);
        Assert.That(await LobbyAsync(), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Deleting_all_messages_keeps_those_of_other_applications()
    {
        await DeleteAsync("/v1/messages");

        Assert.That(Ids(await GetAsync("/v1/messages"), "messages"), Is.Empty);
        Assert.That(await LobbyAsync(), Is.EqualTo((0, 0)));
        Assert.That(await CountAsync("select count(*) from messages where application_id = 2"), Is.EqualTo(1));
    }

    [Test]
    public async Task Many_messages_of_a_deleted_channel_are_removed_in_the_background()
    {
        await FillAsync(12_000);

        await DeleteAsync($"/v1/channels/{Staff.Id}");

        await GetAsync($"/v1/channels/{Staff.Id}", HttpStatusCode.NotFound);
        await Wait.UntilAsync(
            async () => await CountAsync("select count(*) from channels where id = 2") == 0, "the channel's messages to be removed");
        Assert.That(await CountAsync("select count(*) from messages where application_id = 1 and channel_id = 2"), Is.Zero);
        var job = (await GetAsync("/v1/jobs?type=ERASURE"))["_embedded"]!["jobs"]![0]!;
        Assert.That((string)job["type"]!, Is.EqualTo("ERASURE"));
        Assert.That((int)job["progress"]!["succeeded"]!, Is.EqualTo(12_000));
        Assert.That(await LobbyAsync(), Is.EqualTo((3, 2)));
        Assert.That(await SentByAliceAsync(), Is.EqualTo(1), "the statistics count the remaining messages");
    }

    private async Task<(int Received, int Broadcast)> LobbyAsync()
    {
        var chats = (await FiguresAsync("/channels?channel_id=1"))["channels"]![0]!["chats"]!;
        return ((int)chats["total_received"]!, (int)chats["total_brodcast"]!);
    }

    private async Task<int> SentByAliceAsync() => (await FiguresAsync("/chat_aggregate"))["chat_agg"]!["users"]!.AsArray()
        .Where(user => (long)user!["user_id"]! == Alice.Id).Sum(user => (int)user!["total_chats"]!);

    private Task<JsonNode> FiguresAsync(string path, HttpStatusCode expected = HttpStatusCode.OK) => GetAsync(path, expected);

    /// <summary>Includes the events that sending would write.</summary>
    private async Task FillAsync(int count)
    {
        await using var batch = Database.DataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            insert into messages
              (application_id, id, type, channel_id, thread_id, nested_level, user_id, body, properties, created_time, broadcast)
            select 1, 1000000 + i, 0, 2, 2, 0, 1, 'x', '{}', timestamptz '2026-06-15 10:00Z' + i * interval '1 second', true
            from generate_series(1, $1) i
            """)
        { Parameters = { new() { Value = count } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            insert into events (application_id, type, channel_id, user_id, message_id, sent_at, received, broadcast)
            select 1, 'message.sent', 2, 1, id, created_time, 1, 1 from messages where channel_id = 2
            """));
        await batch.ExecuteNonQueryAsync();
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
