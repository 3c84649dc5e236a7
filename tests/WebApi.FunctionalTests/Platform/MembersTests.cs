using System.Net;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

public sealed class MembersTests : PlatformTest
{
    [Test]
    public async Task Added_member_is_listed_and_adding_twice_changes_nothing()
    {
        var first = await PostAsync($"/v1/channels/{Staff.Id}/members", """{"username":"carol"}""");
        var second = await PostAsync($"/v1/channels/{Staff.Id}/members", $$"""{"id":{{Carol.Id}}}""");
        var members = await GetAsync($"/v1/channels/{Staff.Id}/members");

        Assert.That((long)first["id"]!, Is.EqualTo(Staff.Id));
        Assert.That(second.ToJsonString(), Is.EqualTo(first.ToJsonString()));
        Assert.That(Ids(members, "users"), Is.EqualTo([Alice.Id, Bob.Id, Carol.Id]));
        Assert.That(LinksOf(members)["self"], Is.EqualTo("/channels/2/members?page=0&size=25"));
    }

    [Test]
    public async Task Memberships_have_a_time_and_link_to_the_user()
    {
        var memberships = await GetAsync($"/v1/channels/{Lobby.Id}/memberships?size=1");

        Approved.Matches(memberships.ToJsonString(), "Platform/memberships");
    }

    [Test]
    public async Task Removing_a_member_twice_gives_404()
    {
        var channel = await DeleteAsync($"/v1/channels/{Lobby.Id}/members/{Bob.Id}");
        await DeleteAsync($"/v1/channels/{Lobby.Id}/members/{Bob.Id}", HttpStatusCode.NotFound);

        Assert.That((long)channel["id"]!, Is.EqualTo(Lobby.Id));
        Assert.That(Ids(await GetAsync($"/v1/channels/{Lobby.Id}/members"), "users"), Is.EqualTo([Alice.Id, Carol.Id]));
    }

    [Test]
    public async Task Members_of_a_direct_channel_cannot_change()
    {
        await PostAsync($"/v1/channels/{AliceAndBob.Id}/members", """{"username":"carol"}""", HttpStatusCode.BadRequest);
        await PostAsync($"/v1/channels/{AliceAndBob.Id}/members", """{"username":"bob"}""");
        await DeleteAsync($"/v1/channels/{AliceAndBob.Id}/members/{Bob.Id}", HttpStatusCode.BadRequest);
    }

    [TestCase("""{}""")]
    [TestCase("""{"username":"nobody"}""")]
    [TestCase("""{"id":5}""")]
    [TestCase("""{"id":7}""")]
    [TestCase("""{"username":""}""")]
    public async Task Unknown_user_is_rejected(string user)
    {
        var refused = await PostAsync($"/v1/channels/{Lobby.Id}/members", user, HttpStatusCode.BadRequest);

        Assert.That(refused["properties"]!["user"], Is.Not.Null, refused.ToJsonString());
    }

    [TestCase("/v1/channels/5/members")]
    [TestCase("/v1/channels/999/members")]
    [TestCase("/v1/channels/5/memberships")]
    public Task Channels_of_another_application_give_404(string path) => GetAsync(path, HttpStatusCode.NotFound);

    [Test]
    public async Task Adding_to_a_channel_of_another_application_gives_404() =>
        await PostAsync("/v1/channels/5/members", """{"id":1}""", HttpStatusCode.NotFound);

    [Test]
    public async Task Concurrent_requests_add_one_membership()
    {
        await Task.WhenAll(Enumerable.Range(0, 40)
            .Select(_ => PostAsync($"/v1/channels/{Archive.Id}/members", $$"""{"id":{{Bob.Id}}}""")));

        Assert.That(Ids(await GetAsync($"/v1/channels/{Archive.Id}/members"), "users"), Is.EqualTo([Alice.Id, Bob.Id]));
        await using var command = Database.DataSource.CreateCommand(
            "select count(*) from events where type = 'channel.member_joined' and channel_id = 3");
        Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo(2), "Alice as the creator, Bob once");
    }
}
