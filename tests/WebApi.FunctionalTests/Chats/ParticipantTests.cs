using System.Net;
using System.Net.Http.Json;
using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Users;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats;

public sealed class ParticipantTests : ChatTest
{
    [Test]
    public async Task Removed_participant_can_join_again()
    {
        var chatId = await ChatAsync();
        var participantId = await AddAsync(chatId, Alice);
        Clock.Advance(TimeSpan.FromMinutes(1));

        using var response = await Api.DeleteAsync($"{Chats}/{chatId}/participants/{participantId}");

        Assert.That((string?)(await BodyAsync(response, HttpStatusCode.Accepted))["id"], Is.EqualTo(chatId.ToString()));
        Assert.That(await MembersAsync(chatId), Is.Empty);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await AddAsync(chatId, Alice), Is.EqualTo(participantId), "the same participant");
        var participations = (await DetailAsync(chatId))["participants"]!.AsArray().Single()!["participations"]!;
        Assert.That(participations.ToJsonString(), Is.EqualTo(
            """
            [{"isActive":false,"joinedAt":"2026-06-15T12:00:00.000Z","leftAt":"2026-06-15T12:01:00.000Z"},
            {"isActive":true,"joinedAt":"2026-06-15T12:02:00.000Z"}]
            """.ReplaceLineEndings("")));
        Assert.That(await MembersAsync(chatId), Is.EqualTo(["alice"]));
    }

    [Test]
    public async Task Removal_ends_the_chat_session_of_the_member()
    {
        var chatId = await ChatAsync();
        var participantId = await AddAsync(chatId, Alice);
        await StartChatSessionAsync(chatId, Alice.Name);
        Assert.That(await ConcurrentAsync(chatId), Is.EqualTo(1));

        using var response = await Api.DeleteAsync($"{Chats}/{chatId}/participants/{participantId}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(await ConcurrentAsync(chatId), Is.Zero);
    }

    [Test]
    public async Task Added_participant_is_a_member_invited_by_another()
    {
        var chatId = await ChatAsync();
        var alice = await AddAsync(chatId, Alice);

        using var response = await Api.PostAsJsonAsync(
            $"{Chats}/{chatId}/participants", new { user = new { username = "bob" }, invitedBy = alice });
        using var again = await Api.PostAsJsonAsync($"{Chats}/{chatId}/participants", new { user = new { id = Bob.Id } });

        var bob = (string)(await BodyAsync(response, HttpStatusCode.Accepted))["id"]!;
        await ProblemAsync(again, HttpStatusCode.Conflict, "chat.already_participates");
        var participants = (await DetailAsync(chatId))["participants"]!.AsArray();
        Assert.That(participants.Single(p => (string)p!["id"]! == bob)!.ToJsonString(), Is.EqualTo(
            $$$"""
            {"id":"{{{bob}}}","userProperties":{"firstname":"Bob Baker","username":"bob"},
            "participations":[{"isActive":true,"joinedAt":"2026-06-15T12:00:00.000Z","invitedBy":"{{{alice}}}"}]}
            """.ReplaceLineEndings("")));
        Assert.That(await MembersAsync(chatId), Is.EqualTo(["alice", "bob"]));
    }

    [TestCase("""{"user":{"username":"nobody"}}""", "user")]
    [TestCase("""{"user":{"username":"dave"}}""", "user", Description = "deleted")]
    [TestCase("""{"user":{"id":7}}""", "user", Description = "another application's")]
    [TestCase("""{"user":{}}""", "user")]
    [TestCase("""{}""", "user")]
    [TestCase("""{"user":{"username":"bob"},"invitedBy":"9a983789-1709-4543-aa31-a02867680017"}""", "invitedBy")]
    [TestCase("""{"user":{"username":"bob"},"invitedBy":"alice"}""", "invitedBy")]
    [TestCase("""{"user":{"username":"bob","age":7}}""", "user.age")]
    public async Task Bad_participant_is_refused_by_field(string json, string field)
    {
        var chatId = await ChatAsync();
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");

        using var response = await Api.PostAsync($"{Chats}/{chatId}/participants", content);

        var problem = await BodyAsync(response, HttpStatusCode.BadRequest);
        Assert.That(problem["errors"]?.AsObject().Select(error => error.Key), Is.EqualTo([field]), $"{problem}");
    }

    [Test]
    public async Task Adding_before_provisioning_is_refused()
    {
        var chatId = await RegisterAsync(new { title = "Tuesday" });

        using var response = await Api.PostAsJsonAsync($"{Chats}/{chatId}/participants", new { user = new { username = "bob" } });

        await ProblemAsync(response, HttpStatusCode.Conflict, "chat.not_made_yet");
    }

    [Test]
    public async Task Removing_twice_or_from_another_chat_is_not_found()
    {
        var chatId = await ChatAsync();
        var participantId = await AddAsync(chatId, Alice);
        var other = await ChatAsync("Another");

        using var elsewhere = await Api.DeleteAsync($"{Chats}/{other}/participants/{participantId}");
        using var malformed = await Api.DeleteAsync($"{Chats}/{chatId}/participants/alice");
        using var first = await Api.DeleteAsync($"{Chats}/{chatId}/participants/{participantId}");
        using var second = await Api.DeleteAsync($"{Chats}/{chatId}/participants/{participantId}");

        await ProblemAsync(elsewhere, HttpStatusCode.NotFound, "chat.participant_not_found");
        await ProblemAsync(malformed, HttpStatusCode.NotFound, "http.no_route");
        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await ProblemAsync(second, HttpStatusCode.NotFound, "chat.participant_not_found");
    }

    [Test]
    public async Task Members_of_the_channel_take_part_in_the_chat()
    {
        var chatId = await ChatAsync();
        var channelId = await ChannelOfAsync(chatId);

        await SendAsync(new AddMember(channelId, new(Alice.Id)));
        await SendAsync(new AddMember(channelId, new(Bob.Id)));
        Assert.That(await PresentAsync(chatId), Is.EqualTo(["alice", "bob"]));

        var removed = await SendAsync(new RemoveMember(channelId, Alice.Id));
        Assert.That(removed.IsSuccess, removed.Error?.Message);
        Assert.That(await PresentAsync(chatId), Is.EqualTo(["bob"]));

        await SendAsync(new AddMember(channelId, new(Alice.Id)));
        Assert.That(await PresentAsync(chatId), Is.EqualTo(["alice", "bob"]));
        Assert.That((await DetailAsync(chatId))["participants"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Deleted_user_leaves_and_is_anonymized()
    {
        var chatId = await ChatAsync();
        await AddAsync(chatId, Alice);

        await SendAsync(new DeleteUser(Alice.Id));

        Assert.That(await MembersAsync(chatId), Is.Empty);
        var participant = (await DetailAsync(chatId))["participants"]!.AsArray().Single()!;
        Assert.That(participant["userProperties"]!.ToJsonString(), Is.EqualTo("{}"));
        Assert.That((bool)participant["participations"]![0]!["isActive"]!, Is.False);
    }

    [Test]
    public async Task Deleted_channel_closes_the_chat()
    {
        var chatId = await ChatAsync();
        await AddAsync(chatId, Alice);
        using var sent = await Api.PostAsJsonAsync($"{Chats}/{chatId}/messages", new { text = "Farewell" });

        await SendAsync(new DeleteChannel(await ChannelOfAsync(chatId)));

        var chat = await DetailAsync(chatId);
        Assert.That((bool)chat["isActive"]!, Is.False);
        Assert.That((bool)chat["participants"]![0]!["participations"]![0]!["isActive"]!, Is.False);
        using var invitation = await Api.GetAsync($"{Chats}/{chatId}/invitation");
        await ProblemAsync(invitation, HttpStatusCode.Conflict, "chat.closed");
        var messages = (await GetAsync($"{Chats}/{chatId}/messages"))["records"]!.AsArray();
        Assert.That(messages.Select(message => (bool)message!["deleted"]!), Is.EqualTo([true]));
    }

    [Test]
    public async Task Parallel_changes_keep_members_and_participants_equal()
    {
        var chatId = await ChatAsync();
        var channelId = await ChannelOfAsync(chatId);
        var participantId = await AddAsync(chatId, Alice);

        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(async () =>
        {
            switch (i % 4)
            {
                case 0:
                    using (await Api.DeleteAsync($"{Chats}/{chatId}/participants/{participantId}"))
                    {
                    }

                    break;
                case 1:
                    await SendAsync(new Application.Chats.AddParticipant(chatId, new(Alice.Id)));
                    break;
                case 2:
                    await SendAsync(new AddMember(channelId, new(Alice.Id)));
                    break;
                default:
                    await SendAsync(new RemoveMember(channelId, Alice.Id));
                    break;
            }
        })));

        Assert.That(await PresentAsync(chatId), Is.EqualTo(await MembersAsync(chatId)));
        Assert.That(
            await ScalarAsync("select count(*) from participations where left_at is null"), Is.LessThanOrEqualTo(1L));
    }

    [Test]
    public async Task Participant_changes_are_in_the_event_log()
    {
        var chatId = await ChatAsync();
        var participantId = await AddAsync(chatId, Alice);
        using var response = await Api.DeleteAsync($"{Chats}/{chatId}/participants/{participantId}");

        Assert.That(
            await ScalarAsync($"select array_agg(type order by id) from events where payload ->> 'chatId' = '{chatId}'"),
            Is.EqualTo(new[] { "chat.registered", "chat.activated", "chat.participant_joined", "chat.participant_left" }));
    }
}
