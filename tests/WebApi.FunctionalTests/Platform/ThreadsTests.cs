using System.Net;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

public sealed class ThreadsTests : PlatformTest
{
    private const string OfStaff = "/v1/channels/2/threads";

    [Test]
    public async Task Standalone_thread_is_created_and_retrieved()
    {
        var thread = await PostAsync(OfStaff, """{"name":"Side talk","properties":{"Key_One":[1,null]}}""");
        var found = await GetAsync($"/v1/threads/{thread["id"]}");

        Approved.Matches(thread.ToJsonString(), "Platform/thread-standalone");
        Assert.That(found.ToJsonString(), Is.EqualTo(thread.ToJsonString()));
        Assert.That(LinksOf(thread).Keys, Is.EqualTo(["self", "channel", "application"]));
    }

    [Test]
    public async Task Threads_support_snake_case()
    {
        var thread = await SendAsync(
            HttpMethod.Post, OfStaff, """{"name":"x"}""", HttpStatusCode.OK, accept: "application/vnd.chatkitty+json");

        Assert.That(
            thread.AsObject().Select(member => member.Key),
            Is.EqualTo(["type", "id", "created_time", "name", "properties", "_links"]));
    }

    [Test]
    public async Task Messages_of_a_standalone_thread_belong_to_the_channel_not_to_the_main_thread()
    {
        var id = (long)(await PostAsync(OfStaff, """{"name":"side"}"""))["id"]!;
        var top = await PostAsync($"/v1/threads/{id}/messages", """{"type":"TEXT","body":"top","user":{"id":1}}""");
        var reply = await PostAsync($"/v1/threads/{top["id"]}/messages", """{"type":"TEXT","body":"reply","user":{"id":2}}""");
        var deeper = await PostAsync($"/v1/threads/{reply["id"]}/messages", """{"type":"TEXT","body":"deeper","user":{"id":1}}""");

        Assert.That(new[] { top, reply, deeper }.Select(message => (int)message["nestedLevel"]!), Is.EqualTo([0, 1, 2]));
        Assert.That((int)(await GetAsync($"/v1/messages/{top["id"]}"))["repliesCount"]!, Is.EqualTo(1), "only direct replies");
        Assert.That(Ids(await GetAsync($"/v1/threads/{id}/messages"), "messages"), Is.EqualTo([(long)top["id"]!]));
        Assert.That(Ids(await GetAsync($"/v1/threads/{top["id"]}/messages"), "messages"), Is.EqualTo([(long)reply["id"]!]));
        Assert.That(Ids(await GetAsync($"/v1/threads/{Staff.MainThreadId}/messages"), "messages"), Is.Empty);
        Assert.That(Ids(await GetAsync("/v1/channels/2/messages"), "messages"), Has.Count.EqualTo(3));
        Assert.That((string)(await DeleteAsync($"/v1/messages/{top["id"]}"))["type"]!, Is.EqualTo("MESSAGE"));
        Assert.That(Ids(await GetAsync("/v1/channels/2/messages"), "messages"), Is.Empty, "all replies are deleted too");
        await GetAsync($"/v1/threads/{top["id"]}", HttpStatusCode.NotFound);
        await GetAsync($"/v1/threads/{id}");
    }

    [Test]
    public async Task Threads_of_a_channel_are_listed_by_page()
    {
        var single = await GetAsync(OfStaff);
        for (var i = 0; i < 4; i++)
        {
            await PostAsync(OfStaff, $$"""{"name":"t{{4 - i}}"}""");
        }

        var first = await GetAsync($"{OfStaff}?size=2");
        var last = await GetAsync((string)first["_links"]!["last"]!["href"]!);
        var byName = await GetAsync($"{OfStaff}?sort=name,desc&size=2&page=1");

        Assert.That(Values(single, "threads", "type"), Is.EqualTo(["MAIN"]));
        Assert.That(LinksOf(single).Keys, Is.EqualTo(["self"]));
        Assert.That(Values(first, "threads", "type"), Is.EqualTo(["MAIN", "STANDALONE"]));
        Assert.That(LinksOf(first).Keys, Is.EqualTo(["first", "self", "next", "last"]));
        Assert.That(LinksOf(first)["next"], Is.EqualTo("/channels/2/threads?page=1&size=2"));
        Assert.That((long)first["page"]!["totalElements"]!, Is.EqualTo(5));
        Assert.That(Values(last, "threads", "name"), Is.EqualTo(["t1"]));
        Assert.That(Values(byName, "threads", "name"), Is.EqualTo(["t3", "t2"]), "the main thread has no name and comes first");
        await GetAsync($"{OfStaff}?sort=colour", HttpStatusCode.BadRequest);
        await GetAsync("/v1/channels/5/threads", HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Threads_are_deleted_with_their_channel()
    {
        var id = (long)(await PostAsync(OfStaff, """{"name":"side"}"""))["id"]!;
        await PostAsync($"/v1/threads/{id}/messages", """{"type":"TEXT","body":"x"}""");

        await DeleteAsync("/v1/channels/2");

        await GetAsync($"/v1/threads/{id}", HttpStatusCode.NotFound);
        await PostAsync($"/v1/threads/{id}/messages", """{"type":"TEXT","body":"x"}""", HttpStatusCode.NotFound);
    }

    [TestCase("""{}""", "name")]
    [TestCase("""{"name":null}""", "name")]
    [TestCase("""{"name":"  "}""", "name")]
    [TestCase("""{"name":"a\u0000"}""", "name")]
    [TestCase("""{"name":"\ud800"}""", "name")]
    [TestCase("""{"name":5}""", "name")]
    [TestCase("""{"name":"x","properties":[]}""", "properties")]
    public async Task Invalid_thread_is_rejected(string thread, string field) =>
        Assert.That((await PostAsync(OfStaff, thread, HttpStatusCode.BadRequest))["properties"]![field], Is.Not.Null);

    [Test]
    public async Task A_name_has_255_characters_at_most()
    {
        await PostAsync(OfStaff, new JsonObject { ["name"] = new string('é', 255) }.ToJsonString());
        await PostAsync(OfStaff, new JsonObject { ["name"] = new string('é', 256) }.ToJsonString(), HttpStatusCode.BadRequest);
        await PostAsync("/v1/channels/5/threads", """{"name":"x"}""", HttpStatusCode.NotFound);
        await PostAsync("/v1/channels/99/threads", """{"name":"x"}""", HttpStatusCode.NotFound);
    }
}
