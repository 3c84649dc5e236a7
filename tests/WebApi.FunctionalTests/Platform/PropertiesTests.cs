using System.Net;
using System.Text.Json;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>JSON of callers is checked alike wherever it is stored (docs/contracts/platform.md#values-and-bounds).</summary>
public sealed class PropertiesTests : PlatformTest
{
    private static readonly string[] Unstorable =
    [
        """{"n":1e5000}""", """{"n":1e131071}""", """{"n":1e999999}""",
        $$"""{"n":[{{string.Join(',', Enumerable.Repeat("1e308", 400))}}]}""",
        """{"n":"\u0000"}""", """{"n":"\ud800"}""", $$"""{"n":{{new string('[', 55)}}{{new string(']', 55)}}}""",
    ];

    [TestCase("POST", "/v1/users", """{"name":"x","displayName":"x","properties":JSON}""")]
    [TestCase("PATCH", "/v1/users/1", """{"properties":JSON}""")]
    [TestCase("POST", "/v1/channels", """{"type":"PUBLIC","name":"x","properties":JSON}""")]
    [TestCase("PATCH", "/v1/channels/1", """{"properties":JSON}""")]
    [TestCase("POST", "/v1/channels/1/messages", """{"type":"TEXT","body":"x","user":{"id":1},"properties":JSON}""")]
    [TestCase("PATCH", "/v1/messages/1", """{"properties":JSON}""")]
    [TestCase("POST", "/v1/channels/1/threads", """{"name":"x","properties":JSON}""")]
    [TestCase("POST", "/v1/channels/1/events", """{"type":"x","properties":JSON}""")]
    [TestCase("POST", "/v1/user-sessions", """{"user":{"id":1},"authParams":JSON}""")]
    public async Task Unstorable_json_is_refused_with_the_field(string method, string path, string body)
    {
        foreach (var json in Unstorable)
        {
            var refused = await SendAsync(
                new HttpMethod(method), path, body.Replace("JSON", json, StringComparison.Ordinal), HttpStatusCode.BadRequest);

            Assert.That(
                refused!["properties"]!.AsObject().Select(pair => pair.Key),
                Is.EqualTo(new[] { body.Contains("authParams", StringComparison.Ordinal) ? "authParams" : "properties" }),
                refused.ToJsonString());
        }
    }

    [TestCase("/v1/users")]
    [TestCase("/v1/channels")]
    public async Task Unstorable_filters_are_refused(string list)
    {
        foreach (var json in Unstorable.Where(json => json.Length < 1_000))
        {
            var refused = await GetAsync($"{list}?properties={Uri.EscapeDataString(json)}", HttpStatusCode.BadRequest);

            Assert.That(refused["properties"]!.AsObject().Select(pair => pair.Key), Is.EqualTo(new[] { "properties" }));
        }
    }

    [Test]
    public async Task Extreme_doubles_are_stored_and_read_back()
    {
        await PatchAsync("/v1/users/1", """{"properties":{"n":[1.7976931348623157e308,5e-324]}}""");

        var numbers = (await GetAsync("/v1/users/1"))["properties"]!["n"]!.Deserialize<double[]>();

        Assert.That(numbers, Is.EqualTo(new[] { double.MaxValue, double.Epsilon }));
    }

    [Test]
    public async Task Escapes_do_not_count()
    {
        var text = string.Concat(Enumerable.Repeat(@"\u65e5", 15_000));

        await PatchAsync("/v1/users/1", $$$"""{"properties":{"t":"{{{text}}}"}}""");

        Assert.That((string)(await GetAsync("/v1/users/1"))["properties"]!["t"]!, Is.EqualTo(new string('日', 15_000)));
    }
}
