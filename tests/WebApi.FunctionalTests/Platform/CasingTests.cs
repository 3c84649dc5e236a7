using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatPlatform.WebApi.FunctionalTests.Hosting;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>
/// Each route returns the same in camelCase and snake_case, except for names of the application and names that are fixed
/// (docs/contracts/platform.md#media-types-and-casing).
/// </summary>
public sealed class CasingTests : PlatformTest
{
    private const string Snake = "application/vnd.chatkitty+json";

    /// <summary>Not converted below these members: names of the application, or always snake_case.</summary>
    private static readonly string[] Untouched =
        ["properties", "features", "secret", "args", "result", "environmentVariables", "environment_variables"];

    private IEnumerable<TableRoute> Routes => TableRoute.ReadAll(Server.Services)
        .Where(route => route is { Dialect: "platform", IsAnonymous: false, IsAlias: false } && route.Method != "HEAD");

    [SetUp]
    public Task CreateRows() => CreateRowsAsync();

    [Test]
    public async Task Every_response_has_the_same_members_in_both_cases()
    {
        var (wrong, compared) = (new List<string>(), 0);
        foreach (var route in Routes.OrderBy(route => route.Method != "GET"))
        {
            var (camelType, camel) = await AskAsync(route, "application/json");
            var (snakeType, snake) = await AskAsync(route, Snake);
            if (camel is null || snake is null)
            {
                continue;
            }

            compared++;
            if ((camelType, snakeType) != ("application/json", Snake))
            {
                wrong.Add($"{route.Name}: {camelType}, {snakeType}");
            }

            var (expected, found) = (Names(camel, recase: true).ToHashSet(), Names(snake, recase: false).ToHashSet());
            if (!expected.SetEquals(found))
            {
                wrong.Add($"{route.Name}: lacks {string.Join(' ', expected.Except(found))}");
                wrong.Add($"{route.Name}: has {string.Join(' ', found.Except(expected))}");
            }
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
        Assert.That(compared, Is.GreaterThan(60), "routes that returned JSON");
    }

    [TestCase("application/hal+json")]
    [TestCase("application/vnd.hal+json")]
    [TestCase("application/vnd.chatkitty.v1+json")]
    public async Task Every_read_route_returns_the_requested_type(string type)
    {
        var wrong = new List<string>();
        foreach (var route in Routes.Where(route => route.Method == "GET"))
        {
            var (plainType, plain) = await AskAsync(route, "application/json");
            var (actual, body) = await AskAsync(route, type);
            if (plain is not null && (actual != type || !JsonNode.DeepEquals(plain, body)))
            {
                wrong.Add($"{route.Name}: {actual} instead of {type}, {plainType} by default");
            }
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
    }

    /// <summary>The path of each member; array indexes and link names do not count.</summary>
    private static IEnumerable<string> Names(JsonNode? node, bool recase, string path = "") => node switch
    {
        JsonArray items => items.SelectMany(item => Names(item, recase, path)),
        JsonObject members => members.SelectMany(member => Member(member.Key, member.Value, recase, path)),
        _ => [],
    };

    private static IEnumerable<string> Member(string name, JsonNode? value, bool recase, string path)
    {
        var isFixed = name is "isGuest" || name.StartsWith('_') || path.EndsWith("/_links", StringComparison.Ordinal);
        var here = $"{path}/{(recase && !isFixed ? JsonNamingPolicy.SnakeCaseLower.ConvertName(name) : name)}";
        return Untouched.Contains(name)
            ? [$"{here} = {value?.ToJsonString()}"]
            : Names(value, recase, here).Prepend(here);
    }

    /// <returns>No body if the response is not successful or not JSON.</returns>
    private async Task<(string? Type, JsonNode? Body)> AskAsync(TableRoute route, string accept)
    {
        if (route.Method != "GET")
        {
            await Database.ResetAsync();
            Caller.Dispose();
            CreateCaller();
            await CreateRowsAsync();
        }

        using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.PathWith(TenancyTests.Own(route)));
        request.Content = SampleBodies.Content(route);
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        using var response = await Caller.SendAsync(request);
        var type = response.Content.Headers.ContentType?.MediaType;
        return response.IsSuccessStatusCode && type?.EndsWith("json", StringComparison.Ordinal) == true && type != "application/x-ndjson"
            ? (type, JsonNode.Parse(await response.Content.ReadAsStringAsync()))
            : (type, null);
    }

    /// <summary>Rows for every list, with names of the application in both cases.</summary>
    private async Task CreateRowsAsync()
    {
        await PatchAsync("/v1/users/2", """{"properties":{"camelCase":{"snake_case":1}}}""");
        await PutAsync("/v1/users/2/secrets/1", """{"secret":{"camelCase":{"snake_case":1}}}""");
        var session = await PostAsync("/v1/user-sessions", """{"user":{"username":"bob"}}""");
        await PostAsync($"/v1/user-sessions/{session["id"]}/chat-sessions", """{"channelId":1}""");
        await PostAsync("/v1/channels/1/moderators", """{"username":"bob"}""");
        await PostAsync("/v1/channels/1/invites", """{"user":{"username":"guest-1"}}""");
        await PutAsync("/v1/messages/5/reactions/thumbsup", """{"username":"bob"}""");
        await PostAsync("/v1/messages/5/reports", """{"user":{"username":"bob"}}""");
        await PostAsync("/v1/messages/5/read", """{"username":"bob"}""");
        await PatchAsync("/v1/messages/5", """{"body":"Edited, <@bob>: https://example.com","properties":{"camelCase":1}}""");
        await SendAsync(HttpMethod.Post, "/v1/analytics/users", null, System.Net.HttpStatusCode.Accepted);
    }
}
