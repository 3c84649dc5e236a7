using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Rules for all routes of the dialect: media types, aliases, errors, scopes.</summary>
public sealed class DialectTests : PlatformTest
{
    [TestCase(null, "application/json")]
    [TestCase("application/json, text/plain, */*", "application/json")]
    [TestCase("application/hal+json", "application/hal+json")]
    [TestCase("application/vnd.hal+json;q=0.5,application/hal+json;q=0.4", "application/vnd.hal+json")]
    [TestCase("application/vnd.chatkitty+json,*/*;q=0.8", "application/vnd.chatkitty+json")]
    [TestCase("application/vnd.chatkitty.v1+json", "application/vnd.chatkitty.v1+json")]
    [TestCase("application/vnd.chatkitty+json;q=0.5,application/json", "application/json")]
    [TestCase("text/html", "application/json")]
    [TestCase("nonsense", "application/json")]
    public async Task Media_type_is_the_best_match(string? accept, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/application");
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await Caller.SendAsync(request);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo(expected));
        Assert.That(body["created_time"] is not null, Is.EqualTo(expected == "application/vnd.chatkitty+json"), body.ToJsonString());
    }

    [TestCase("/v1/applications/1/users/1", HttpStatusCode.OK)]
    [TestCase("/v1/applications/1/channels", HttpStatusCode.OK)]
    [TestCase("/v1/applications/1/application/settings", HttpStatusCode.OK)]
    [TestCase("/v1/applications/1", HttpStatusCode.OK)]
    [TestCase("/v1/applications/me", HttpStatusCode.OK)]
    [TestCase("/v1/applications/2", HttpStatusCode.NotFound)]
    [TestCase("/v1/applications/2/users/1", HttpStatusCode.NotFound)]
    [TestCase("/v1/applications/2/channels", HttpStatusCode.NotFound)]
    [TestCase("/v1/applications/99/channels", HttpStatusCode.NotFound)]
    [TestCase("/v1/applications/x/channels", HttpStatusCode.NotFound)]
    [TestCase("/v1/nonsense", HttpStatusCode.NotFound)]
    public async Task Every_route_has_an_alias_below_the_own_application(string path, HttpStatusCode expected)
    {
        var body = await GetAsync(path, expected);

        if (expected == HttpStatusCode.NotFound)
        {
            Assert.That((string)body["error"]!, Is.EqualTo("ResourceNotFoundError"));
        }
    }

    [Test]
    public async Task Root_links_to_itself_and_to_the_application()
    {
        var root = await GetAsync("/v1");

        Assert.That(LinksOf(root), Is.EqualTo(new Dictionary<string, string> { ["self"] = "http://localhost/v1", ["application"] = "" }));
    }

    [Test]
    public async Task Missing_token_is_401_and_missing_scope_is_403()
    {
        var unauthorized = await SendAsync(
            HttpMethod.Get, "/v1/users/1", null, HttpStatusCode.Unauthorized, client: Anonymous());
        var forbidden = await SendAsync(
            HttpMethod.Get, "/v1/users/1", null, HttpStatusCode.Forbidden, client: ClientFor(Riverside, "read:channel"));
        await SendAsync(HttpMethod.Get, "/v1/users/1", null, HttpStatusCode.OK, client: ClientFor(Riverside, "read:user"));

        Assert.That(unauthorized.AsObject().Select(pair => pair.Key), Is.EqualTo(["error", "error_description"]));
        Assert.That((string)unauthorized["error"]!, Is.EqualTo("unauthorized"));
        Assert.That((string)forbidden["error"]!, Is.EqualTo("access_denied"));
    }

    [Test]
    public async Task Wrong_method_and_media_type_use_the_format_of_the_dialect()
    {
        var method = await DeleteAsync("/v1/users", HttpStatusCode.MethodNotAllowed);
        var media = await SendAsync(
            HttpMethod.Post, "/v1/users", "name=x", HttpStatusCode.UnsupportedMediaType, "application/x-www-form-urlencoded");

        foreach (var error in new[] { method, media })
        {
            Assert.That((string)error["error"]!, Is.EqualTo("ClientError"));
            Assert.That(error["message"], Is.Not.Null);
            Assert.That((string)error["timestamp"]!, Is.EqualTo("2026-06-15T12:00:00.000000Z"));
        }
    }

    [Test]
    public async Task An_oversized_body_is_rejected()
    {
        using var content = new StringContent($$"""{"name":"x","displayName":"{{new string('x', 2_000_000)}}"}""", Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await Caller.PostAsync("/v1/users", content);

        Assert.That((int)response.StatusCode, Is.AnyOf(400, 413));
    }

    [Test]
    public async Task Application_and_settings_are_read_and_updated()
    {
        var application = await GetAsync("/v1/application");
        var before = await GetAsync("/v1/application/settings");
        var flat = await PutAsync("/v1/application/settings", """{"guestUsers":"DISABLED","userCreatedChannels":"ENABLED"}""");
        var nested = await PutAsync(
            "/v1/application/settings", """{"features":{"guest_users":"ENABLED","user_created_channels":"DISABLED"}}""");

        Approved.Matches(application.ToJsonString(), "Platform/application");
        Assert.That(before.ToJsonString(), Is.EqualTo(Settings("ENABLED", "ENABLED")));
        Assert.That(flat.ToJsonString(), Is.EqualTo(Settings("DISABLED", "ENABLED")));
        Assert.That(nested.ToJsonString(), Is.EqualTo(Settings("ENABLED", "DISABLED")));
        Assert.That((await GetAsync("/v1/application/settings")).ToJsonString(), Is.EqualTo(nested.ToJsonString()));
    }

    [TestCase("""{"guestUsers":"DISABLED"}""")]
    [TestCase("""{"guestUsers":"MAYBE","userCreatedChannels":"ENABLED"}""")]
    [TestCase("""{"guestUsers":1,"userCreatedChannels":"ENABLED"}""")]
    public Task Incomplete_settings_are_rejected(string json) => PutAsync("/v1/application/settings", json, HttpStatusCode.BadRequest);

    private static string Settings(string guests, string channels) => new JsonObject
    {
        ["guestUsers"] = guests,
        ["userCreatedChannels"] = channels,
        ["features"] = new JsonObject { ["guest_users"] = guests, ["user_created_channels"] = channels },
    }.ToJsonString();
}
