using System.Net;
using System.Net.Http.Json;
using System.Text;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats;

public sealed class CreateTests : ChatTest
{
    [Test]
    public async Task Chat_is_visible_at_once_and_provisioned_later()
    {
        using var response = await Api.PostAsJsonAsync(
            Chats, new { title = "Title of the chat", createdBy = "example created by", description = "example description" });

        var body = await BodyAsync(response, HttpStatusCode.Accepted);
        var chatId = Guid.Parse((string)body["id"]!);
        Assert.That(body, Has.Count.EqualTo(1));
        Assert.That(chatId.Version, Is.EqualTo(4));
        Assert.That(response.Headers.Location?.ToString(), Is.EqualTo($"http://localhost{Chats}/{chatId}"));

        var registered = await GetAsync(response.Headers.Location!.PathAndQuery);
        Assert.That((bool)registered["isActive"]!, Is.False);
        Assert.That(registered["channelId"], Is.Null);
        await GetAsync($"{Chats}/{chatId}/invitation", HttpStatusCode.Conflict);

        await ProvisionAsync(chatId);
        await ProvisionAsync(chatId);

        var provisioned = await DetailAsync(chatId);
        var channelId = await ScalarAsync($"select channel_id from chats where id = '{chatId}'");
        Assert.That(provisioned.ToJsonString(), Is.EqualTo(
            $$"""
            {"id":"{{chatId}}","isActive":true,"service":"internal","channelId":{{channelId}},"registeredAt":"2026-06-15T12:00:00.000Z",
            "createdBy":"example created by",
            "title":[{"value":"Title of the chat","contentType":"text/plain","capturedAt":"2026-06-15T12:00:00.000Z"}],
            "description":"example description","participants":[]}
            """.ReplaceLineEndings("")));
        Assert.That(
            await ScalarAsync($"select count(*) from channels where type = 1 and display_name = 'Title of the chat'"),
            Is.EqualTo(1L), "one PRIVATE channel, even if the job runs twice");
    }

    [Test]
    public async Task Creation_is_a_job_stored_with_the_chat()
    {
        var chatId = await RegisterAsync(new { title = "Tuesday" });

        Assert.That(
            await ScalarAsync($"select count(*) from jobs where application_id = 1 and type = 6 and arguments ->> 'chatId' = '{chatId}'"),
            Is.EqualTo(1L));
    }

    [Test]
    public async Task Repeated_request_with_a_key_creates_one_chat()
    {
        using var first = await PostAsync("k1", "Tuesday");
        using var second = await PostAsync("k1", "Tuesday");
        using var other = await PostAsync("k1", "Wednesday");

        var body = await BodyAsync(first, HttpStatusCode.Accepted);
        Assert.That((await BodyAsync(second, HttpStatusCode.Accepted)).ToJsonString(), Is.EqualTo(body.ToJsonString()));
        await ProblemAsync(other, HttpStatusCode.Conflict, "request.idempotency_key_reused");
        Assert.That(await ScalarAsync("select count(*) from chats"), Is.EqualTo(1L));

        var chatId = Guid.Parse((string)body["id"]!);
        await ProvisionAsync(chatId);
        using var joined = await PostAsync("k2", new { user = new { username = "bob" } }, $"{Chats}/{chatId}/participants");
        Assert.That(joined.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(await MembersAsync(chatId), Is.EqualTo(["bob"]), "the chat's lock joins the key's transaction");
    }

    [TestCase("""{"title":""}""", "title")]
    [TestCase("""{"title":"   "}""", "title")]
    [TestCase("""{}""", "title")]
    [TestCase("""{"title":"x","createdBy":"123456789012345678901234567890123456789012345678901"}""", "createdBy")]
    [TestCase("""{"title":"x","colour":"red"}""", "colour")]
    [TestCase("""{"title":"x","service":"carrier-pigeon"}""", "service")]
    [TestCase("""{"title":"x","externalId":"-100"}""", "externalId")]
    [TestCase("""{"title":5}""", "title")]
    [TestCase("""{"title":"x\u0000"}""", "title")]
    [TestCase("""{"title":""", "body")]
    [TestCase("""[]""", "body")]
    [TestCase("", "body")]
    public async Task Bad_body_is_refused_by_field(string json, string field)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Api.PostAsync(Chats, content);

        var problem = await BodyAsync(response, HttpStatusCode.BadRequest);
        Assert.That(problem["errors"]?.AsObject().Select(error => error.Key), Is.EqualTo([field]), $"{problem}");
        Assert.That(await ScalarAsync("select count(*) from chats"), Is.EqualTo(0L));
    }

    [TestCase("title", 255, 202)]
    [TestCase("title", 256, 400)]
    [TestCase("createdBy", 50, 202)]
    [TestCase("createdBy", 51, 400)]
    [TestCase("description", 255, 202)]
    [TestCase("description", 256, 400)]
    public async Task Lengths_are_bounded(string field, int length, int status)
    {
        var body = new Dictionary<string, string> { ["title"] = "x", [field] = new('x', length) };

        using var response = await Api.PostAsJsonAsync(Chats, body);

        Assert.That((int)response.StatusCode, Is.EqualTo(status), await response.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Error_for_an_unknown_service_lists_the_configured_ones()
    {
        using var response = await Api.PostAsJsonAsync(Chats, new { title = "x", service = "carrier-pigeon" });

        var problem = await ProblemAsync(response, HttpStatusCode.BadRequest, "chat.unknown_service");
        Assert.That((string?)problem["errors"]!["service"]![0], Does.Contain("Configured: internal"));
    }

    [Test]
    public async Task Other_media_types_are_refused()
    {
        using var content = new StringContent("title=x", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await Api.PostAsync(Chats, content);

        await ProblemAsync(response, HttpStatusCode.UnsupportedMediaType, "http.unsupported_media_type");
    }

    [Test]
    public async Task Callers_need_a_token_and_its_scope()
    {
        using var anonymous = await Anonymous().PostAsJsonAsync(Chats, new { title = "x" });
        using var reader = await ClientFor(Riverside, "read:chat").PostAsJsonAsync(Chats, new { title = "x" });
        using var writer = await ClientFor(Riverside, "create:chat").GetAsync(Chats);

        await ProblemAsync(anonymous, HttpStatusCode.Unauthorized, "request.unauthenticated");
        Assert.That(anonymous.Headers.WwwAuthenticate.ToString(), Is.EqualTo("Bearer"));
        await ProblemAsync(reader, HttpStatusCode.Forbidden, "request.forbidden");
        await ProblemAsync(writer, HttpStatusCode.Forbidden, "request.forbidden");
    }

    private Task<HttpResponseMessage> PostAsync(string key, string title) => PostAsync(key, new { title }, Chats);

    private async Task<HttpResponseMessage> PostAsync(string key, object body, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        return await Api.SendAsync(request);
    }
}
