using System.Net;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

public sealed class UsersTests : PlatformTest
{
    [Test]
    public async Task Created_user_is_returned_and_retrieved()
    {
        var created = await PostAsync("/v1/users", """
            {"name":"jane@example.com","displayName":"Jane Doe","isGuest":false,"properties":{"Favourite_Colour":"blue"}}
            """);
        var found = await GetAsync($"/v1/users/{created["id"]}");

        Assert.That(found.ToJsonString(), Is.EqualTo(created.ToJsonString()));
        Approved.Matches(created.ToJsonString(), "Platform/user");
    }

    [Test]
    public async Task Snake_case_is_written_on_request_and_always_read()
    {
        var created = await SendAsync(
            HttpMethod.Post,
            "/v1/users",
            """{"name":"jane","display_name":"Jane Doe","is_guest":true,"properties":{"favouriteColour":"blue"}}""",
            HttpStatusCode.OK,
            accept: "application/vnd.chatkitty+json,*/*;q=0.8");

        Approved.Matches(created.ToJsonString(), "Platform/user-snake-case");
    }

    [Test]
    public async Task Taken_name_is_rejected()
    {
        var refused = await PostAsync("/v1/users", """{"name":"alice","displayName":"Another"}""", HttpStatusCode.BadRequest);

        Assert.That((string)refused["error"]!, Is.EqualTo("ClientError"));
        Assert.That(refused["properties"]!["name"], Is.Not.Null);
    }

    [Test]
    public async Task A_name_taken_in_another_application_is_free()
    {
        var created = await SendAsync(
            HttpMethod.Post, "/v1/users", """{"name":"bob","displayName":"Bob Hill"}""", HttpStatusCode.OK, client: ClientFor(Hillside));

        Assert.That((long)created["id"]!, Is.Not.EqualTo(Bob.Id));
    }

    [TestCase("""{"displayName":"x"}""", "name")]
    [TestCase("""{"name":"  ","displayName":"x"}""", "name")]
    [TestCase("""{"name":"x"}""", "displayName")]
    [TestCase("""{"name":"a\u0000b","displayName":"x"}""", "name")]
    [TestCase("""{"name":"x","displayName":"x","properties":[]}""", "properties")]
    [TestCase("""{"name":"x","displayName":"x","properties":{"a":"\ud800"}}""", "properties")]
    [TestCase("""{"name":"x","displayName":"x","properties":{"a\u0000":1}}""", "properties")]
    [TestCase("""{"name":1,"displayName":"x"}""", "name")]
    [TestCase("""{"name":"x","displayName":"x","isGuest":"yes"}""", "isGuest")]
    [TestCase("""{"name":"x","displayName":"x","is_guest":7}""", "is_guest")]
    [TestCase("""[]""", "body")]
    [TestCase("""{"name":""", "body")]
    public async Task Invalid_user_is_rejected_with_the_field_name(string json, string field)
    {
        var refused = await PostAsync("/v1/users", json, HttpStatusCode.BadRequest);

        Assert.That((string)refused["error"]!, Is.EqualTo("ClientError"));
        Assert.That(refused["properties"]!.AsObject().Select(pair => pair.Key), Does.Contain(field), refused.ToJsonString());
        Assert.That((string)refused["explanation"]!, Does.Contain(field));
    }

    [Test]
    public async Task Text_above_its_limit_is_rejected()
    {
        var longest = new string('x', 255);
        await PostAsync("/v1/users", new JsonObject { ["name"] = longest, ["displayName"] = longest }.ToJsonString());
        await PostAsync(
            "/v1/users", new JsonObject { ["name"] = longest + "y", ["displayName"] = "x" }.ToJsonString(), HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Ids_out_of_range_give_404()
    {
        await GetAsync("/v1/users/99999999999999999999", HttpStatusCode.NotFound);
        await GetAsync("/v1/users/-1", HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Deleted_users_give_404()
    {
        await GetAsync($"/v1/users/{Dave.Id}", HttpStatusCode.NotFound);
        Assert.That(Ids(await GetAsync("/v1/users"), "users"), Is.EqualTo([Alice.Id, Bob.Id, Carol.Id, Guest.Id, Bot.Id]));
    }

    [TestCase("alice", HttpStatusCode.OK)]
    [TestCase("Alice", HttpStatusCode.NotFound)]
    [TestCase("dave", HttpStatusCode.NotFound)]
    [TestCase("", HttpStatusCode.BadRequest)]
    public async Task Head_shows_whether_a_name_is_taken(string name, HttpStatusCode expected)
    {
        var body = await SendAsync(HttpMethod.Head, $"/v1/users?name={name}", null, expected);

        Assert.That(body, Is.Null);
    }

    [Test]
    public async Task Lists_filter_by_exact_name_and_by_contained_properties()
    {
        await PostAsync("/v1/users", """
            {"name":"jane","displayName":"Jane","properties":{"team":{"id":7,"lead":true},"tags":["a","b"]}}
            """);

        Assert.That(Values(await GetAsync("/v1/users?name=alice"), "users", "name"), Is.EqualTo(["alice"]));
        Assert.That(Values(await GetAsync("/v1/users?name=ali"), "users", "name"), Is.Empty);
        Assert.That(Values(await FilterAsync("""{"team":{"id":7}}"""), "users", "name"), Is.EqualTo(["jane"]));
        Assert.That(Values(await FilterAsync("""{"tags":["b"]}"""), "users", "name"), Is.EqualTo(["jane"]));
        Assert.That(Values(await FilterAsync("""{"team":{"id":8}}"""), "users", "name"), Is.Empty);
        await GetAsync("/v1/users?properties=nonsense", HttpStatusCode.BadRequest);

        Task<JsonNode> FilterAsync(string properties) => GetAsync($"/v1/users?properties={Uri.EscapeDataString(properties)}");
    }

    [TestCase("sort=name,desc", "info-bot,guest-1,carol,bob,alice")]
    [TestCase("sort=displayName", "guest-1,alice,bob,carol,info-bot")]
    [TestCase("sort=display_name,asc", "guest-1,alice,bob,carol,info-bot")]
    [TestCase("sort=isGuest,desc&sort=name,desc", "guest-1,info-bot,carol,bob,alice")]
    [TestCase("sort=type,isGuest,desc", "info-bot,guest-1,alice,bob,carol")]
    public async Task Lists_are_sorted_by_the_requested_fields(string sort, string names)
    {
        Assert.That(string.Join(',', Values(await GetAsync($"/v1/users?{sort}"), "users", "name")), Is.EqualTo(names));
    }

    [TestCase("sort=properties")]
    [TestCase("sort=name,down")]
    [TestCase("page=-1")]
    [TestCase("size=-1")]
    [TestCase("page=x")]
    [TestCase("size=1.5")]
    [TestCase("page=99999999999")]
    [TestCase("page=2147483647&size=200")]
    public async Task Malformed_page_is_rejected(string query)
    {
        var refused = await GetAsync($"/v1/users?{query}", HttpStatusCode.BadRequest);

        Assert.That(refused["properties"]!.AsObject(), Is.Not.Empty);
    }

    [Test]
    public async Task Long_lists_take_no_more_commands_than_short_ones()
    {
        var one = await CountAsync("/v1/users?size=1&page=1");
        for (var i = 0; i < 60; i++)
        {
            await PostAsync("/v1/users", $$"""{"name":"u{{i}}","displayName":"U"}""");
        }

        Assert.That(await CountAsync("/v1/users?size=50&page=0"), Is.EqualTo(one));
    }

    private async Task<int> CountAsync(string path)
    {
        using var counter = CommandCounter.Start();
        await GetAsync(path);
        return counter.Count;
    }
}
