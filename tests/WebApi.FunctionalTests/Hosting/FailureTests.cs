using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using ChatPlatform.Application.Applications;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Hosting;

/// <summary>Failures outside use cases also have the format of the dialect; the approved files hold the exact responses.</summary>
internal sealed partial class FailureTests : ServerTest
{
    private static readonly (string Name, string Method, string Path, string? Type, string? Body)[] Platform =
    [
        ("no route", "GET", "/v1/nothing", null, null),
        ("an id that is not a number", "GET", "/v1/users/abc", null, null),
        ("an id out of range", "GET", "/v1/users/99999999999999999999", null, null),
        ("wrong method", "DELETE", "/v1/users", null, null),
        ("malformed JSON", "POST", "/v1/users", "application/json", "{\"name\":"),
        ("a body of another type", "POST", "/v1/users", "application/json", "[1]"),
        ("a field of another type", "POST", "/v1/users", "application/json", """{"name":5,"displayName":"x","isGuest":false}"""),
        ("no body", "POST", "/v1/users", "application/json", ""),
        ("null", "POST", "/v1/users", "application/json", "null"),
        ("half of a surrogate pair", "POST", "/v1/users", "application/json", """{"name":"\ud800","displayName":"x","isGuest":false}"""),
        ("NUL", "POST", "/v1/users", "application/json", """{"name":"a\u0000b","displayName":"x","isGuest":false}"""),
        ("wrong media type", "POST", "/v1/users", "text/plain", "name=x"),
        ("a malformed number", "GET", "/v1/users?size=many", null, null),
        ("a negative number", "GET", "/v1/users?page=-1", null, null),
    ];

    private static readonly (string Name, string Method, string Path, string? Type, string? Body)[] Aggregate =
    [
        ("no route", "GET", "/channels/5", null, null),
        ("wrong method", "POST", "/channels", "application/json", "{}"),
        ("a malformed number", "GET", "/chats?channel_id=x", null, null),
        ("an unknown parameter", "GET", "/chat_aggregate?page=1", null, null),
    ];

    private static readonly (string Name, string Method, string Path, string? Type, string? Body)[] Chats =
    [
        ("no route", "GET", "/api/v1/private/chats/x/y/z", null, null),
        ("an id that is not a UUID", "GET", "/api/v1/private/chats/5", null, null),
        ("wrong method", "PUT", "/api/v1/private/chats", "application/json", "{}"),
        ("malformed JSON", "POST", "/api/v1/private/chats", "application/json", "{"),
        ("an unknown field", "POST", "/api/v1/private/chats", "application/json", """{"title":"x","colour":"red"}"""),
        ("wrong media type", "POST", "/api/v1/private/chats", "text/plain", "title"),
    ];

    [Test]
    public Task Platform_failures_are_as_approved() => ApproveAsync("Platform", Platform);

    [Test]
    public Task Aggregate_failures_are_as_approved() => ApproveAsync("Aggregate", Aggregate);

    [Test]
    public Task Chats_failures_are_as_approved() => ApproveAsync("Chats", Chats);

    [TestCase("GET", "/v1/picture/%20", HttpStatusCode.BadRequest)]
    [TestCase("HEAD", "/v1/picture/%E2%80%AF", HttpStatusCode.BadRequest)]
    [TestCase("GET", "/files/%20", HttpStatusCode.NotFound)]
    [TestCase("GET", "/files/%C2%A0", HttpStatusCode.NotFound)]
    [TestCase("GET", "/i/%E3%80%80", HttpStatusCode.NotFound)]
    [TestCase("GET", "/i/%09", HttpStatusCode.NotFound)]
    public async Task A_blank_part_of_an_address_is_refused(string method, string path, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        using var response = await Anonymous().SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(expected));
    }

    [TestCase("/v1/users", "application/json; charset=utf-7")]
    [TestCase("/v1/users", "application/json; charset=\"UTF-7\"")]
    [TestCase("/api/v1/private/chats", "application/json; charset=unicode-1-1-utf-7")]
    [TestCase("/oauth/token", "application/x-www-form-urlencoded; charset=utf-7")]
    [TestCase("/api/v1/login", "application/x-www-form-urlencoded; charset=utf-7")]
    public async Task Utf7_is_an_unsupported_type(string path, string type)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await Server.ClientFor(SeededCommunity.Riverside).PostAsync(new Uri(path, UriKind.Relative), content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    [TestCase("/oauth/token")]
    [TestCase("/api/v1/login")]
    [TestCase("/v1/users")]
    [TestCase("/v1/analytics/messages")]
    [TestCase("/api/v1/private/chats")]
    [TestCase("/v1/channels/1/messages")]
    public async Task Utf7_in_a_part_of_a_form_is_no_server_error(string path)
    {
        using var form = new MultipartFormDataContent();
        var field = new ByteArrayContent("alice"u8.ToArray());
        field.Headers.TryAddWithoutValidation("Content-Type", "text/plain; charset=utf-7");
        form.Add(field, "user");
        using var response = await Server.ClientFor(SeededCommunity.Riverside).PostAsync(new Uri(path, UriKind.Relative), form);

        Assert.That((int)response.StatusCode, Is.LessThan(500), await response.Content.ReadAsStringAsync());
        if (path is "/oauth/token")
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        }
    }

    [Test]
    public async Task Files_refuse_other_methods_in_the_format_of_the_platform()
    {
        using var response = await Server.ClientFor(SeededCommunity.Riverside).PostAsync(new Uri("/files/1.x", UriKind.Relative), null);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("\"ClientError\""));
    }

    [Test]
    public async Task Uptime_counts_from_the_start_of_the_process()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var status = System.Text.Json.Nodes.JsonNode.Parse(await Anonymous().GetStringAsync(new Uri("/", UriKind.Relative)))!;

        var age = (TimeProvider.System.GetUtcNow() - process.StartTime.ToUniversalTime()).TotalSeconds;
        Assert.That((double)status["uptime"]!, Is.EqualTo(age).Within(2));
    }

    [TestCase("Platform", "/v1/users")]
    [TestCase("Aggregate", "/channels")]
    [TestCase("Chats", "/api/v1/private/chats")]
    public async Task A_bug_shows_a_trace_id_and_no_details(string dialect, string path)
    {
        await using var broken = new ServerFactory(Database, Clock)
        {
            Replacements = services => services.AddSingleton<ICredentialReader, BrokenReader>(),
        };
        using var client = broken.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "anything");

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));

        var body = await response.Content.ReadAsStringAsync();
        Assert.That(body, Does.Not.Contain(BrokenReader.Details));
        Assert.That(body, Does.Match("[0-9a-f]{32}"));
        Approved.MatchesText(Describe("a bug", response, body), $"Hosting/Bug.{dialect}");
    }

    [Test]
    public async Task A_body_above_one_megabyte_is_rejected()
    {
        await using var server = new ServerFactory(Database, Clock);
        server.UseKestrel(0);
        server.StartServer();
        using var seeded = server.ClientFor(SeededCommunity.Riverside);
        using var client = server.CreateClient();
        client.DefaultRequestHeaders.Authorization = seeded.DefaultRequestHeaders.Authorization;
        using var content = new StringContent($$"""{"name":"{{new string('x', 1024 * 1024)}}"}""", Encoding.UTF8, "application/json");

        using var response = await client.PostAsync(new Uri("/v1/users", UriKind.Relative), content);

        Assert.That((int)response.StatusCode, Is.EqualTo(413));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("\"error\":\"ClientError\""));
    }

    private async Task ApproveAsync(string dialect, (string Name, string Method, string Path, string? Type, string? Body)[] requests)
    {
        using var client = ClientFor(SeededCommunity.Riverside);
        var responses = new StringBuilder();
        foreach (var (name, method, path, type, body) in requests)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
            if (body is not null)
            {
                request.Content = new StringContent(body, Encoding.UTF8, type!);
            }

            using var response = await client.SendAsync(request);
            responses.Append(Describe(name, response, await response.Content.ReadAsStringAsync())).Append('\n');
        }

        Approved.MatchesText(responses.ToString(), $"Hosting/Failures.{dialect}");
    }

    private static string Describe(string name, HttpResponseMessage response, string body) =>
        $"{name}: {(int)response.StatusCode} {response.Content.Headers.ContentType}\n    {Changing().Replace(body, "\"$1\":\"…\"")}";

    [GeneratedRegex("\"(timestamp|trace_id|traceId|trace)\":\"[^\"]*\"")]
    private static partial Regex Changing();

    private sealed class BrokenReader : ICredentialReader
    {
        public const string Details = "internal details";

        public Task<Caller?> FindByAccessTokenAsync(byte[] tokenHash, CancellationToken cancellationToken) =>
            throw new InvalidOperationException(Details);

        public Task<Caller?> FindByDeveloperKeyAsync(byte[] keyHash, CancellationToken cancellationToken) =>
            throw new InvalidOperationException(Details);

        public Task<Caller?> FindByLoginTokenAsync(byte[] tokenHash, CancellationToken cancellationToken) =>
            throw new InvalidOperationException(Details);
    }
}
