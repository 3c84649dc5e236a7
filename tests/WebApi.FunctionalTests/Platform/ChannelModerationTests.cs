using System.Net;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

public sealed class ChannelModerationTests : PlatformTest
{
    [Test]
    public async Task Moderator_role_ends_with_the_membership()
    {
        var moderator = await PostAsync("/v1/channels/1/moderators", """{"username":"bob"}""");
        await PostAsync("/v1/channels/1/moderators", """{"id":2}""");

        Assert.That((long)moderator["id"]!, Is.EqualTo(Bob.Id));
        Assert.That(await ModeratorsAsync(), Is.EqualTo([Bob.Id]));

        await DeleteAsync("/v1/channels/1/members/2");
        await PostAsync("/v1/channels/1/members", """{"id":2}""");
        Assert.That(await ModeratorsAsync(), Is.Empty);
    }

    [Test]
    public async Task Removed_moderator_remains_a_member()
    {
        await PostAsync("/v1/channels/1/moderators", """{"username":"bob"}""");

        var channel = await DeleteAsync("/v1/channels/1/moderators/2");

        Assert.That((long)channel["id"]!, Is.EqualTo(Lobby.Id));
        Assert.That(await ModeratorsAsync(), Is.Empty);
        Assert.That(Ids(await GetAsync("/v1/channels/1/members"), "users"), Does.Contain(Bob.Id));
        await DeleteAsync("/v1/channels/1/moderators/2", HttpStatusCode.NotFound);
    }

    [TestCase(1, """{"username":"guest-1"}""", "user")]
    [TestCase(1, """{"username":"nobody"}""", "user")]
    [TestCase(1, """{}""", "user")]
    public async Task Moderators_must_be_members(int channel, string user, string field)
    {
        var refused = await PostAsync($"/v1/channels/{channel}/moderators", user, HttpStatusCode.BadRequest);

        Assert.That(refused["properties"]![field], Is.Not.Null);
    }

    [Test]
    public Task Direct_channels_have_no_moderators() =>
        PostAsync("/v1/channels/4/moderators", """{"id":1}""", HttpStatusCode.BadRequest);

    [Test]
    public async Task Messages_of_a_blacklisted_user_are_not_broadcast()
    {
        await PostAsync("/v1/channels/1/blacklist", """{"username":"bob"}""");
        await PostAsync("/v1/channels/1/blacklist", """{"username":"bob"}""");
        var undelivered = await SendMessageAsync();

        Assert.That(Ids(await GetAsync("/v1/channels/1/blacklist"), "users"), Is.EqualTo([Bob.Id, Carol.Id]));
        var channel = await DeleteAsync("/v1/channels/1/blacklist/2");
        await DeleteAsync("/v1/channels/1/blacklist/2", HttpStatusCode.NotFound);
        var delivered = await SendMessageAsync();

        Assert.That((long)channel["id"]!, Is.EqualTo(Lobby.Id));
        Assert.That(Ids(await GetAsync("/v1/channels/1/messages?size=1"), "messages"), Is.EqualTo([delivered]));
        Assert.That(Ids(await GetAsync("/v1/channels/1/messages"), "messages"), Does.Not.Contain(undelivered));

        async Task<long> SendMessageAsync()
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return (long)(await PostAsync("/v1/channels/1/messages", """{"type":"TEXT","body":"x","user":{"id":2}}"""))["id"]!;
        }
    }

    [Test]
    public async Task Invite_is_listed_until_it_is_accepted()
    {
        var invite = await PostAsync("/v1/channels/2/invites", """{"user":{"username":"carol"}}""");
        Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await PostAsync("/v1/channels/2/invites", """{"user":{"id":3}}""");
        var open = await GetAsync("/v1/channels/2/invites");

        Assert.That(again.ToJsonString(), Is.EqualTo(invite.ToJsonString()));
        Assert.That(invite.AsObject().Select(pair => pair.Key), Is.EqualTo(["createdTime", "_links"]));
        Assert.That(LinksOf(invite), Is.EqualTo(new Dictionary<string, string>
        {
            ["invitee"] = "/users/3",
            ["channel"] = "/channels/2",
            ["application"] = "",
        }));
        Assert.That(open["_embedded"]!["invites"]!.AsArray(), Has.Count.EqualTo(1));

        await PostAsync("/v1/channels/2/invites/3/accept", "");
        Assert.That(Ids(await GetAsync("/v1/channels/2/members"), "users"), Is.EqualTo([Alice.Id, Bob.Id, Carol.Id]));
        Assert.That((await GetAsync("/v1/channels/2/invites"))["_embedded"], Is.Null);
        await PostAsync("/v1/channels/2/invites/3/accept", "", HttpStatusCode.NotFound);
    }

    [TestCase("POST", "/v1/channels/2/invites/3/decline")]
    [TestCase("DELETE", "/v1/channels/2/invites/3")]
    public async Task Declined_and_revoked_invites_can_be_sent_again(string method, string path)
    {
        await PostAsync("/v1/channels/2/invites", """{"user":{"username":"carol"}}""");

        await SendAsync(new HttpMethod(method), path, null, HttpStatusCode.OK);
        await SendAsync(new HttpMethod(method), path, null, HttpStatusCode.NotFound);

        Assert.That(Ids(await GetAsync("/v1/channels/2/members"), "users"), Does.Not.Contain(Carol.Id));
        await PostAsync("/v1/channels/2/invites", """{"user":{"username":"carol"}}""");
    }

    [TestCase(2, """{"user":{"username":"bob"}}""")]
    [TestCase(4, """{"user":{"username":"carol"}}""")]
    [TestCase(2, """{"user":{"username":"nobody"}}""")]
    [TestCase(2, """{"user":{"id":7}}""")]
    [TestCase(2, """{}""")]
    public Task Invalid_invites_are_rejected(int channel, string invite) =>
        PostAsync($"/v1/channels/{channel}/invites", invite, HttpStatusCode.BadRequest);

    [Test]
    public async Task Joining_in_another_way_removes_the_invite()
    {
        await PostAsync("/v1/channels/2/invites", """{"user":{"username":"carol"}}""");
        await PostAsync("/v1/channels/2/members", """{"username":"carol"}""");

        Assert.That((await GetAsync("/v1/channels/2/invites"))["_embedded"], Is.Null);
    }

    [TestCase("/v1/channels/2/members", """{"username":"carol"}""")]
    [TestCase("/v1/channels/2/invites/3/accept", "")]
    public async Task A_removed_member_needs_a_new_invite(string join, string body)
    {
        await PostAsync("/v1/channels/2/invites", """{"user":{"username":"carol"}}""");
        await PostAsync(join, body);
        await DeleteAsync("/v1/channels/2/members/3");

        Assert.That((await GetAsync("/v1/channels/2/invites"))["_embedded"], Is.Null);
        await PostAsync("/v1/channels/2/invites/3/accept", "", HttpStatusCode.NotFound);
        await PostAsync("/v1/channels/2/invites", """{"user":{"username":"carol"}}""");
        await PostAsync("/v1/channels/2/invites/3/accept", "");
    }

    [Test]
    public async Task Removing_a_member_ends_the_chat_session()
    {
        var session = await PostAsync("/v1/user-sessions", """{"user":{"id":2}}""");
        await PostAsync($"/v1/user-sessions/{session["id"]}/chat-sessions", """{"channelId":2}""");
        await DeleteAsync("/v1/channels/2/members/2");
        await PostAsync("/v1/channels/2/members", """{"id":2}""");

        Assert.That((await GetAsync("/v1/channels/2/participants"))["_embedded"], Is.Null);
        Assert.That((await GetAsync("/v1/chat-sessions?state=ACTIVE"))["_embedded"], Is.Null);
    }

    [Test]
    public async Task Channels_of_a_user_are_those_created_or_joined()
    {
        var created = await PostAsync("/v1/channels", """{"type":"PUBLIC","creator":{"id":2}}""");
        await DeleteAsync($"/v1/channels/{created["id"]}/members/2");

        Assert.That(Ids(await GetAsync("/v1/users/2/channels"), "channels"), Is.EqualTo([1, 2, 4, (long)created["id"]!]));
        Assert.That(Ids(await GetAsync("/v1/users/2/channels?sort=type,desc&size=1"), "channels"), Is.EqualTo([4]));
        Assert.That(LinksOf(await GetAsync("/v1/users/4/channels"))["self"], Is.EqualTo("/users/4/channels?page=0&size=25"));
        await GetAsync("/v1/users/7/channels", HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Creator_is_rejected_if_users_may_not_create_channels()
    {
        await PutAsync("/v1/application/settings", """{"guestUsers":"ENABLED","userCreatedChannels":"DISABLED"}""");

        await PostAsync("/v1/channels", """{"type":"PUBLIC","creator":{"id":2}}""", HttpStatusCode.BadRequest);
        await PostAsync("/v1/channels", """{"type":"PUBLIC","members":[{"id":2}]}""");
    }

    private async Task<List<long>> ModeratorsAsync() => Ids(await GetAsync("/v1/channels/1/moderators"), "users");
}
