using System.Net;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

public sealed class NotificationsTests : NotificationTest
{
    [Test]
    public async Task A_message_notifies_members_without_a_chat_session()
    {
        await StartChatSessionAsync("alice", Lobby.Id);
        var message = await SendMessageAsync(Lobby.Id, "Hello 🌞", Bob);
        Clock.Advance(TimeSpan.FromSeconds(2));
        await FollowAsync();

        var page = await NotificationsAsync(Carol);

        Assert.That(LinksOf(page).Keys, Is.EqualTo(["self"]));
        Assert.That((int)page["page"]!["size"]!, Is.EqualTo(25));
        var notification = page["_embedded"]!["notifications"]!.AsArray().Single()!;
        Assert.That((string)notification["data"]!["_relays"]!["message"]!, Is.EqualTo($"/application/v1/messages/{message}.relay"));

        // The id depends on the other tests.
        Assert.That((long)notification["id"]!, Is.Positive);
        notification.AsObject().Remove("id");
        notification["data"]!.AsObject().Remove("_relays");
        Approved.Matches(notification.ToJsonString(), "Platform/notification");
        Assert.That((await NotificationsAsync(Alice))["_embedded"], Is.Null, "has a chat session");
        Assert.That((await NotificationsAsync(Bob))["_embedded"], Is.Null, "is the sender");
        Assert.That((await NotificationsAsync(Guest))["_embedded"], Is.Null, "is not a member");
    }

    [Test]
    public async Task Each_type_has_its_title_and_data()
    {
        await PostAsync("/v1/channels/2/messages", """
            {"type":"FILE","file":{"url":"https://example.com/a.png","name":"a.png","contentType":"image/png","size":1}}
            """);
        await SendMessageAsync(Staff.Id, "plain", Alice);
        await SendMessageAsync(Staff.Id, "hey <@bob>", Alice);
        await SendMessageAsync(AliceAndBob.Id, "see <#staff>", Alice);
        var question = await SendMessageAsync(Staff.Id, "who?", Bob);
        await PostAsync($"/v1/threads/{question}/messages", """{"type":"TEXT","body":"me, <@bob>","user":{"id":1}}""");
        await FollowAsync();

        var all = (await NotificationsAsync(Bob))["_embedded"]!["notifications"]!.AsArray();

        Assert.That(all.Select(n => $"{n!["data"]!["type"]}|{n["title"]}|{n["body"]}"), Is.EqualTo(new[]
        {
            "USER:REPLIED_TO:MESSAGE|Alice Archer replied to your message|me, <@bob>",
            "USER:MENTIONED:CHANNEL|Alice Archer mentioned staff|see <#staff>",
            "USER:MENTIONED:USER|Alice Archer mentioned you|hey <@bob>",
            "USER:SENT:MESSAGE|Alice Archer sent a message|plain",
            "SYSTEM:SENT:MESSAGE|System message sent|File attachment",
        }));
        string[] common = ["type", "channelId", "message", "_relays"];
        string[][] besides = [["parent"], ["mentionedChannel"], ["mentionedUser"], [], []];
        foreach (var (notification, extra) in all.Zip(besides))
        {
            Assert.That(notification!["data"]!.AsObject().Select(member => member.Key), Is.EquivalentTo(common.Concat(extra)));
            Assert.That(
                LinksOf(notification),
                Is.EqualTo(new Dictionary<string, string> { ["recipient"] = "/users/2", ["application"] = "" }));
        }

        Assert.That((long)all[0]!["data"]!["parent"]!["id"]!, Is.EqualTo(question));
        Assert.That(LinksOf(all[0]!["data"]!["parent"]!)["self"], Is.EqualTo($"/messages/{question}"));
        Assert.That((long)all[1]!["data"]!["mentionedChannel"]!["id"]!, Is.EqualTo(Staff.Id));
        Assert.That((long)all[1]!["channel"]!["id"]!, Is.EqualTo(AliceAndBob.Id));
        Assert.That(LinksOf(all[2]!["data"]!["mentionedUser"]!)["self"], Is.EqualTo("/users/2"));
        Assert.That(LinksOf(all[3]!["channel"]!)["self"], Is.EqualTo("/channels/2"));
        Assert.That(LinksOf(all[4]!["data"]!["message"]!).Keys, Is.EqualTo(["self", "channel", "thread", "application"]));
    }

    [Test]
    public async Task Notifications_support_snake_case()
    {
        await SendMessageAsync(Staff.Id, "hey <@bob>", Alice);
        await FollowAsync();

        var page = await SendAsync(
            HttpMethod.Get, "/v1/users/2/notifications", null, HttpStatusCode.OK, accept: "application/vnd.chatkitty+json");

        var notification = page["_embedded"]!["notifications"]![0]!.AsObject();
        Assert.That(
            notification.Select(member => member.Key),
            Is.EqualTo(["id", "title", "body", "channel", "data", "muted", "created_time", "_links"]));
        Assert.That(
            notification["data"]!.AsObject().Select(member => member.Key),
            Is.EqualTo(["type", "channel_id", "message", "mentioned_user", "_relays"]));
    }

    [Test]
    public async Task Only_users_who_can_read_the_message_are_notified()
    {
        await SendMessageAsync(Staff.Id, "<@carol> <@guest-1> <#lobby>", Alice);
        await SendMessageAsync(Lobby.Id, "<@guest-1>", Alice);
        await FollowAsync();

        Assert.That((await NotificationsAsync(Carol))["_embedded"]!["notifications"]!.AsArray(), Has.Count.EqualTo(1), "that of the lobby");
        Assert.That(await TypesAsync(Guest), Is.EqualTo(["USER:MENTIONED:USER"]), "everyone can read the lobby");
        Assert.That(await TypesAsync(Bob), Is.EqualTo(["USER:SENT:MESSAGE", "USER:MENTIONED:CHANNEL"]));
    }

    [Test]
    public async Task Messages_that_are_not_broadcast_or_are_imported_do_not_notify()
    {
        await SendMessageAsync(Lobby.Id, "unheard <@alice>", Carol);
        await SendMessageAsync(Archive.Id, "unheard <@alice>", Bob);
        await using (var command = Database.DataSource.CreateCommand(
            "insert into events (application_id, type, channel_id, user_id, sent_at, received, broadcast) "
            + "values (1, 'messages.imported', 1, 2, now(), 5, 5)"))
        {
            await command.ExecuteNonQueryAsync();
        }

        await FollowAsync();

        Assert.That((await NotificationsAsync(Alice))["_embedded"], Is.Null);
    }

    [Test]
    public async Task Earlier_messages_do_not_notify_and_repeated_following_adds_no_duplicates()
    {
        await SendMessageAsync(Staff.Id, "one", Alice);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Follower.FollowAsync(default)));
        await FollowAsync();
        await Follower.RegisterAsync(default);
        await FollowAsync();
        await SendMessageAsync(Staff.Id, "two", Alice);
        await FollowAsync();

        Assert.That(Values(await NotificationsAsync(Bob), "notifications", "body"), Is.EqualTo(["two", "one"]));
        Assert.That((await NotificationsAsync(Carol))["_embedded"], Is.Null, "seeded messages are older than the follower");
    }

    [Test]
    public async Task A_failed_batch_is_retried_as_a_whole()
    {
        await RunAsync("""
            create or replace function broken() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$;
            create trigger broken after insert on notifications for each statement execute function broken()
            """);
        await SendMessageAsync(Staff.Id, "one", Alice);

        await Wait.UntilAsync(
            async () =>
            {
                try
                {
                    await Follower.FollowAsync(default);
                    return false;
                }
                catch (Npgsql.PostgresException)
                {
                    return true;
                }
            },
            "the batch to fail");
        await RunAsync("drop trigger broken on notifications");
        await FollowAsync();

        Assert.That(Values(await NotificationsAsync(Bob), "notifications", "body"), Is.EqualTo(["one"]));
    }

    [Test]
    public async Task Notifications_show_the_current_message_and_are_deleted_with_it()
    {
        var remaining = await SendMessageAsync(Staff.Id, "before", Alice);
        var deleted = await SendMessageAsync(Staff.Id, "deleted", Alice);
        await SendMessageAsync(AliceAndBob.Id, "see <#staff>", Alice);
        await FollowAsync();
        await PatchAsync($"/v1/messages/{remaining}", """{"body":"after"}""");
        await DeleteAsync($"/v1/messages/{deleted}");

        Assert.That(Values(await NotificationsAsync(Bob), "notifications", "body"), Is.EqualTo(["see <#staff>", "after"]));
        await DeleteAsync("/v1/channels/2");
        Assert.That((await NotificationsAsync(Bob))["_embedded"], Is.Null, "the mentioned channel is deleted");
        await DeleteAsync("/v1/users/2");
        await GetAsync("/v1/users/2/notifications", HttpStatusCode.NotFound);
        Assert.That(await CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Paging_is_stable_while_notifications_come_and_go()
    {
        var sent = new List<long>();
        for (var i = 0; i < 6; i++)
        {
            sent.Insert(0, await SendMessageAsync(Staff.Id, $"m{i}", Alice));
        }

        await FollowAsync();
        var first = await GetAsync("/v1/users/2/notifications?size=2");
        await SendMessageAsync(Staff.Id, "m6", Alice);
        await FollowAsync();
        await DeleteAsync($"/v1/messages/{sent[2]}");
        var second = await GetAsync((string)first["_links"]!["next"]!["href"]!);
        var back = await GetAsync((string)second["_links"]!["prev"]!["href"]!);

        Assert.That(Values(first, "notifications", "body"), Is.EqualTo(["m5", "m4"]));
        Assert.That(LinksOf(first).Keys, Is.EqualTo(["self", "next"]));
        Assert.That(LinksOf(first)["next"], Does.StartWith("/users/2/notifications?start=").And.EndsWith("&size=2&relation=NEXT"));
        Assert.That(Values(second, "notifications", "body"), Is.EqualTo(["m2", "m1"]));
        Assert.That(LinksOf(second).Keys, Is.EqualTo(["prev", "self", "next"]));
        Assert.That(Values(back, "notifications", "body"), Is.EqualTo(["m5", "m4"]));
        await GetAsync("/v1/users/2/notifications?start=x", HttpStatusCode.BadRequest);
        await GetAsync("/v1/users/2/notifications?size=-1", HttpStatusCode.BadRequest);
        await GetAsync("/v1/users/7/notifications", HttpStatusCode.NotFound);
    }
}
