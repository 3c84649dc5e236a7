using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Calls <c>/v1</c> as the client of Riverside; failures show the response.</summary>
public abstract class PlatformTest : ServerTest
{
    protected const string Base = "http://localhost/v1/applications/1";

    protected HttpClient Caller { get; private set; } = null!;

    [SetUp]
    public void CreateCaller() => Caller = Server.ClientFor(SeededCommunity.Riverside);

    [TearDown]
    public void DisposeCaller() => Caller.Dispose();

    protected Task<JsonNode> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(HttpMethod.Get, path, null, expected);

    protected Task<JsonNode> PostAsync(string path, string json, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(HttpMethod.Post, path, json, expected);

    protected Task<JsonNode> PutAsync(string path, string json, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(HttpMethod.Put, path, json, expected);

    protected Task<JsonNode> PatchAsync(string path, string json, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(HttpMethod.Patch, path, json, expected, "application/json+merge-patch");

    protected Task<JsonNode> DeleteAsync(string path, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(HttpMethod.Delete, path, null, expected);

    /// <summary>Sends and reads JSON; an empty response is null.</summary>
    protected async Task<JsonNode> SendAsync(
        HttpMethod method,
        string path,
        string? json,
        HttpStatusCode expected,
        string contentType = "application/json",
        string? accept = null,
        HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.RelativeOrAbsolute));
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8);
            request.Content.Headers.ContentType = new(contentType);
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await (client ?? Caller).SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(expected), $"{method} {path}: {body}");
        return body.Length == 0 ? null! : JsonNode.Parse(body)!;
    }

    /// <summary>The target of each link, by name, relative to the application.</summary>
    protected static Dictionary<string, string> LinksOf(JsonNode resource) => resource["_links"]!.AsObject()
        .ToDictionary(link => link.Key, link => ((string)link.Value!["href"]!).Replace(Base, "", StringComparison.Ordinal));

    protected static List<string> Values(JsonNode page, string key, string field) =>
        page["_embedded"]?[key]!.AsArray().Select(item => item![field]!.ToString()).ToList() ?? [];

    protected static List<long> Ids(JsonNode page, string key) =>
        page["_embedded"]?[key]!.AsArray().Select(item => (long)item!["id"]!).ToList() ?? [];
}
