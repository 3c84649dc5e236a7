using System.Net;
using System.Net.Http.Json;
using ChatPlatform.Application.Users;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Engagement;

/// <summary>The calls by which clients create rooms and messages.</summary>
public sealed class RoomTests : EngagementTest
{
    private const string Create = "/api/v1/channels.create";
    private const string Delete = "/api/v1/channels.delete";
    private const string Info = "/api/v1/channels.info";
    private const string SendMessage = "/api/v1/chat.sendMessage";
    private const string RemoveMessage = "/api/v1/chat.delete";
    private const string NoChannel = "There is no such channel. [error-channel-not-found]";
    private const string NotAllowed = "User does not have the permissions required for this action [error-unauthorized]";

    [SetUp]
    public void BeginWindow() => Clock.Advance(TimeSpan.FromHours(1));

    [Test]
    public async Task Channel_is_created_shown_and_deleted()
    {
        var bob = NoAdmin;
        var created = await PostAsync(bob, Create, new { name = "garden", members = new[] { "alice", "bob" }, readOnly = false });
        var id = (string)created["channel"]!["_id"]!;
        Assert.That(
            created.ToJsonString(),
            Is.EqualTo(
                $$$"""
                {"channel":{"_id":"{{{id}}}","name":"garden","ts":"2026-06-15T13:00:00.000Z","t":"c",
                "_updatedAt":"2026-06-15T13:00:00.000Z"},"success":true}
                """.ReplaceLineEndings("")));
        Assert.That((await GetAsync(Admin, $"{Info}?roomId={id}")).ToJsonString(), Is.EqualTo(created.ToJsonString()));
        Assert.That((await GetAsync(Admin, $"{Info}?roomName=garden")).ToJsonString(), Is.EqualTo(created.ToJsonString()));
        using (var platform = await ClientFor(SeededCommunity.Riverside).GetAsync(new Uri($"/v1/channels/{id}/members", UriKind.Relative)))
        {
            Assert.That(
                await platform.Content.ReadAsStringAsync(),
                Does.Contain("alice").And.Contain("bob"),
                "the same channel in the platform dialect");
        }

        Assert.That((await PostAsync(bob, Delete, new { roomId = id })).ToJsonString(), Is.EqualTo("""{"success":true}"""));
        await RefusedAsync(Admin, Delete, new { roomId = id }, NoChannel, HttpStatusCode.NotFound);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Message_counts_at_once_until_it_is_deleted(bool folded)
    {
        var admin = Admin;
        var before = await CountAsync(admin);
        await FoldAsync(folded);

        var sent = await PostAsync(admin, SendMessage, new { message = new { rid = "2", msg = "Hello" } });
        Assert.That(await CountAsync(admin), Is.EqualTo(before + 1));
        await FoldAsync(folded);
        var id = (string)sent["message"]!["_id"]!;
        Assert.That(
            sent.ToJsonString(),
            Is.EqualTo(
                $$$"""
                {"message":{"_id":"{{{id}}}","rid":"2","msg":"Hello","ts":"2026-06-15T13:00:00.000Z",
                "u":{"_id":"1","username":"alice","name":"Alice Archer"},"_updatedAt":"2026-06-15T13:00:00.000Z"},"success":true}
                """.ReplaceLineEndings("")));

        var removed = await PostAsync(admin, RemoveMessage, new { roomId = "2", msgId = id });
        Assert.That(await CountAsync(admin), Is.EqualTo(before));
        Assert.That(
            removed.ToJsonString(),
            Is.EqualTo($$$"""{"_id":"{{{id}}}","ts":"1781528400000","message":{"_id":"{{{id}}}","rid":"2"},"success":true}"""));
    }

    [Test]
    public async Task Text_is_an_alias_of_msg_and_sending_joins_a_public_channel()
    {
        var sent = await PostAsync(NoAdmin, SendMessage, new { message = new { rid = "3", text = "Anybody here?" } });

        Assert.That((string)sent["message"]!["msg"]!, Is.EqualTo("Anybody here?"));
        Assert.That(
            (await GetAsync(Admin, $"{Dashboard}/channels/list?start=2026-06-15T12:00:00.000Z&end=2026-06-15T12:00:00.000Z"))
                ["channels"]!.AsArray().Single(room => (string)room!["room"]!["_id"]! == "3")!["messages"]!.GetValue<int>(),
            Is.Zero, "the channel is inactive: messages are received, not broadcast");
    }

    [Test]
    public async Task Deleting_a_channel_requires_its_creator_or_permission()
    {
        await RefusedAsync(NoAdmin, Delete, new { roomId = "1" }, NotAllowed, HttpStatusCode.Forbidden);
        await RefusedAsync(Admin, Delete, new { roomId = "2" }, NoChannel, HttpStatusCode.NotFound);
        await RefusedAsync(Admin, Delete, new { roomId = "5" }, NoChannel, HttpStatusCode.NotFound);
        await PostAsync(Admin, Delete, new { roomId = "1" });
    }

    [Test]
    public async Task Deleting_a_message_requires_its_sender_or_permission()
    {
        var bob = NoAdmin;
        var messageOfAnother = new { roomId = "1", msgId = $"{SeededCommunity.Greeting}" };
        await RefusedAsync(bob, RemoveMessage, messageOfAnother, NotAllowed, HttpStatusCode.Forbidden);
        await RefusedAsync(
            bob, RemoveMessage, new { roomId = "1", msgId = $"{SeededCommunity.SystemMessage}" }, NotAllowed, HttpStatusCode.Forbidden);
        await PostAsync(bob, RemoveMessage, new { roomId = "1", msgId = $"{SeededCommunity.Reply}" });
        await PostAsync(Admin, RemoveMessage, messageOfAnother);
    }

    [TestCase("roomId=2", Description = "PRIVATE")]
    [TestCase("roomId=4", Description = "DIRECT")]
    [TestCase("roomId=5", Description = "another application's")]
    [TestCase("roomId=0")]
    [TestCase("roomId=-1")]
    [TestCase("roomId=lobby")]
    [TestCase("roomId=99999999999999999999999")]
    [TestCase("roomName=staff")]
    public async Task Only_public_channels_of_the_application_are_found(string query) => Assert.That(
        await ErrorOfAsync(Admin, $"{Info}?{query}", HttpStatusCode.NotFound),
        Is.EqualTo($$"""{"success":false,"error":"{{NoChannel}}"}"""));

    [TestCase(Create, "{}", "Match error: Missing key 'name'")]
    [TestCase(Create, """{"name":7}""", "Match error: Failed Match.Where validation in field name")]
    [TestCase(Create, """{"name":"  "}""", "Match error: Failed Match.Where validation in field name")]
    [TestCase(Create, """{"name":"x\u0000"}""", "Match error: Failed Match.Where validation in field name")]
    [TestCase(Create, """{"name":"\ud800"}""", "Match error: Failed Match.Where validation in field name")]
    [TestCase(Create, """{"name":"x","members":"bob"}""", "Match error: Failed Match.Where validation in field members")]
    [TestCase(Create, """{"name":"x","members":[null]}""", "Match error: Failed Match.Where validation in field members[0]")]
    [TestCase(Create, """{"name":"x","members":["nobody"]}""", "There is no user 'nobody'. [error-user-unknown]")]
    [TestCase(Create, """{"name":"staff"}""", "A channel of another type already has the name 'staff'. [error-channel-name-taken]")]
    [TestCase(Create, """{"name":""", "Match error: Failed Match.Where validation in field body")]
    [TestCase(Create, "[]", "Match error: Failed Match.Where validation in field body")]
    [TestCase(Delete, "{}", "Match error: Missing key 'roomId'")]
    [TestCase(Delete, """{"roomId":1}""", "Match error: Failed Match.Where validation in field roomId")]
    [TestCase(SendMessage, "{}", "Match error: Missing key 'message'")]
    [TestCase(SendMessage, """{"message":{"msg":"x"}}""", "Match error: Missing key 'rid' in field message")]
    [TestCase(SendMessage, """{"message":{"rid":"1"}}""", "Match error: Missing key 'msg' in field message")]
    [TestCase(SendMessage, """{"message":{"rid":"1","msg":" "}}""", "Match error: Failed Match.Where validation in field message.msg")]
    [TestCase(SendMessage, """{"message":{"rid":"1","msg":"\u0000"}}""", "Match error: Failed Match.Where validation in field message.msg")]
    [TestCase(SendMessage, """{"message":{"rid":1,"msg":"x"}}""", "Match error: Failed Match.Where validation in field message.rid")]
    [TestCase(SendMessage, """{"message":"x"}""", "Match error: Failed Match.Where validation in field message")]
    [TestCase(RemoveMessage, "{}", "Match error: Missing key 'roomId'")]
    [TestCase(RemoveMessage, """{"roomId":"1"}""", "Match error: Missing key 'msgId'")]
    [TestCase(RemoveMessage, """{"msgId":"5","roomId":null}""", "Match error: Missing key 'roomId'")]
    public async Task Invalid_field_is_named(string address, string json, string error)
    {
        using var content = new StringContent(json, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));

        var response = await SendAsync(Admin, HttpMethod.Post, address, content, HttpStatusCode.BadRequest);

        Assert.That(response.ToJsonString(), Is.EqualTo(Json.Parse(Text(error)).ToJsonString()));
    }

    [TestCase("1", "7")]
    [TestCase("5", "10", Description = "another application's")]
    [TestCase("2", "5", Description = "the message is in another channel")]
    [TestCase("x", "y")]
    public async Task Unknown_message_is_not_found(string roomId, string msgId)
    {
        if (msgId == "7")
        {
            await PostAsync(Admin, RemoveMessage, new { roomId, msgId });
        }

        await RefusedAsync(
            Admin, RemoveMessage, new { roomId, msgId }, "There is no such message. [error-message-not-found]", HttpStatusCode.NotFound);
    }

    [TestCase("5", NoChannel, HttpStatusCode.NotFound)]
    [TestCase("nowhere", NoChannel, HttpStatusCode.NotFound)]
    public async Task Sending_to_an_unknown_channel_is_refused(string rid, string error, HttpStatusCode status) =>
        await RefusedAsync(Admin, SendMessage, new { message = new { rid, msg = "x" } }, error, status);

    [Test]
    public async Task Sending_to_a_private_channel_requires_membership()
    {
        var created = await ClientFor(SeededCommunity.Riverside).PostAsJsonAsync(
            new Uri("/v1/channels", UriKind.Relative), new { type = "PRIVATE", name = "attic", creator = new { username = "alice" } });
        var id = Json.Parse(await created.Content.ReadAsStringAsync())["id"]!.ToString();

        await RefusedAsync(
            NoAdmin,
            SendMessage,
            new { message = new { rid = id, msg = "x" } },
            "Only members may send messages to this channel. [error-channel-not-a-member]",
            HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Authentication_is_checked_before_the_body([Values(Create, Delete, SendMessage, RemoveMessage)] string address)
    {
        using var wrong = JsonContent.Create(new { name = 7, roomId = 7, message = 7 });
        var response = await SendAsync(Anonymous(), HttpMethod.Post, address, wrong, HttpStatusCode.Unauthorized);
        Assert.That(response.ToJsonString(), Is.EqualTo("""{"status":"error","message":"You must be logged in to do this."}"""));
    }

    [Test]
    public async Task Token_of_a_deleted_user_is_invalid()
    {
        var bob = NoAdmin;
        var token = bob.DefaultRequestHeaders.GetValues("X-Auth-Token").Single();
        await GetAsync(bob, "/api/v1/me");
        await using (var scope = Server.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Application.Common.CurrentApplication>().Use(SeededCommunity.Riverside.Id);
            var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
            Assert.That((await mediator.Send(new DeleteUser(SeededCommunity.Bob.Id))).IsSuccess);
        }

        await ErrorOfAsync(bob, "/api/v1/me", HttpStatusCode.Unauthorized);
        await ErrorOfAsync(bob, $"{Dashboard}/channels/list", HttpStatusCode.Unauthorized);
        using var resume = JsonContent.Create(new { resume = token });
        await SendAsync(Anonymous(), HttpMethod.Post, "/api/v1/login", resume, HttpStatusCode.Unauthorized);
        using var login = JsonContent.Create(new { user = "bob", password = SeededCommunity.Bob.Password });
        await SendAsync(Anonymous(), HttpMethod.Post, "/api/v1/login", login, HttpStatusCode.Unauthorized);
    }

    private static string Text(string error) => $$"""{"success":false,"error":{{System.Text.Json.JsonSerializer.Serialize(error)}}}""";

    private async Task FoldAsync(bool folded)
    {
        if (folded)
        {
            await Server.Services.GetRequiredService<StatisticsFold>().FoldAsync(CancellationToken.None);
        }
    }

    private static async Task<long> CountAsync(HttpClient client)
    {
        var response = await GetAsync(
            client, $"{Dashboard}/messages/messages-sent?start=2026-06-15T12:00:00.000Z&end=2026-06-15T12:00:00.000Z");
        return (long)response["period"]!["count"]!;
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> PostAsync(HttpClient client, string address, object body)
    {
        using var content = JsonContent.Create(body);
        return await SendAsync(client, HttpMethod.Post, address, content);
    }

    private static async Task RefusedAsync(HttpClient client, string address, object body, string error, HttpStatusCode status)
    {
        using var content = JsonContent.Create(body);
        var response = await SendAsync(client, HttpMethod.Post, address, content, status);
        Assert.That(response.ToJsonString(), Is.EqualTo(Json.Parse(Text(error)).ToJsonString()));
    }
}
