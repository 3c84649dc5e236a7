using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Hosting;

internal sealed class IdempotencyTests : ServerTest
{
    private const string Lobby = "/v1/channels/1/messages";

    [Test]
    public async Task A_repeated_send_gets_the_first_response_and_sends_nothing()
    {
        using var client = ClientFor(SeededCommunity.Riverside);

        var first = await SendAsync(client, Lobby, "k", "hello");
        var second = await SendAsync(client, Lobby, "k", "hello");

        Assert.That(first.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(second, Is.EqualTo(first));
        Assert.That(await CountAsync("hello"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_hundred_concurrent_requests_send_one_message_and_get_one_response()
    {
        using var client = ClientFor(SeededCommunity.Riverside);

        var responses = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => SendAsync(client, Lobby, "k", "at once")));

        Assert.That(responses.Distinct().Count(), Is.EqualTo(1), string.Join('\n', responses.Distinct()));
        Assert.That(await CountAsync("at once"), Is.EqualTo(1));
    }

    [Test]
    public async Task An_upload_repeated_with_another_boundary_gets_the_first_response()
    {
        using var client = ClientFor(SeededCommunity.Riverside);

        var first = await UploadAsync(client, "the file");
        var second = await UploadAsync(client, "the file");
        var other = await UploadAsync(client, "another file");

        Assert.That(first.Status, Is.EqualTo(HttpStatusCode.OK), first.Body);
        Assert.That(second, Is.EqualTo(first));
        Assert.That(other.Status, Is.EqualTo(HttpStatusCode.BadRequest), other.Body);

        static async Task<(HttpStatusCode Status, string Body)> UploadAsync(HttpClient client, string content)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Lobby, UriKind.Relative));
            request.Headers.Add("Idempotency-Key", "k");
            using var file = new StringContent(content, Encoding.UTF8, "text/plain");
            request.Content = new MultipartFormDataContent { { file, "file", "a.txt" }, { new StringContent("alice"), "username" } };
            using var response = await client.SendAsync(request);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    [Test]
    public async Task Another_body_with_the_same_key_is_rejected()
    {
        using var client = ClientFor(SeededCommunity.Riverside);
        await SendAsync(client, Lobby, "k", "hello");

        var other = await SendAsync(client, Lobby, "k", "goodbye");

        Assert.That(other.Status, Is.EqualTo(HttpStatusCode.BadRequest), other.Body);
        Assert.That(await CountAsync("goodbye"), Is.Zero);
    }

    [Test]
    public async Task A_rejected_request_does_not_use_up_the_key()
    {
        using var client = ClientFor(SeededCommunity.Riverside);

        var refused = await SendAsync(client, Lobby, "k", "");
        var sent = await SendAsync(client, Lobby, "k", "hello");

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(sent.Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_key_expires_after_a_day()
    {
        using var client = ClientFor(SeededCommunity.Riverside);
        await SendAsync(client, Lobby, "k", "hello");
        Clock.Now = Clock.Now.AddHours(24);
        using var later = ClientFor(SeededCommunity.Riverside);

        await SendAsync(later, Lobby, "k", "hello");

        Assert.That(await CountAsync("hello"), Is.EqualTo(2));
    }

    [Test]
    public async Task Tenants_do_not_share_keys()
    {
        using var riverside = ClientFor(SeededCommunity.Riverside);
        using var hillside = ClientFor(SeededCommunity.Hillside);

        var first = await SendAsync(riverside, "/v1/users", "k", """{"name":"eve","displayName":"Eve","isGuest":false}""", raw: true);
        var second = await SendAsync(hillside, "/v1/users", "k", """{"name":"eve","displayName":"Eve","isGuest":false}""", raw: true);

        Assert.That((long)JsonNode.Parse(second.Body)!["id"]!, Is.Not.EqualTo((long)JsonNode.Parse(first.Body)!["id"]!));
    }

    [Test]
    public async Task A_key_that_is_too_long_is_rejected()
    {
        using var client = ClientFor(SeededCommunity.Riverside);

        Assert.That((await SendAsync(client, Lobby, new string('k', 256), "hello")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(
        HttpClient client, string path, string key, string text, bool raw = false)
    {
        var message = new JsonObject { ["type"] = "TEXT", ["body"] = text, ["user"] = new JsonObject { ["username"] = "bob" } };
        var json = raw ? text : message.ToJsonString();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<long> CountAsync(string body)
    {
        await using var command = Database.DataSource.CreateCommand("select count(*) from messages where body = $1");
        command.Parameters.Add(new() { Value = body });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
