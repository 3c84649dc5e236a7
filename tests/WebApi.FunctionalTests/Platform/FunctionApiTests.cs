using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Functions;
using ChatPlatform.Testing;
using ChatPlatform.WebApi.Dialects.Platform.Functions;
using ChatPlatform.WebApi.FunctionalTests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Operations called by a handler: the same checks and responses as over HTTP, without a token.</summary>
public sealed class FunctionApiTests : PlatformTest
{
    protected override void Configure(ServerFactory server) => server.Settings["PublicBaseUrl"] = "http://localhost";

    [Test]
    public void Every_method_has_an_operation()
    {
        var routes = TableRoute.ReadAll(Server.Services).Select(route => route.Name).ToHashSet();

        Assert.That(
            ApiMethods.All.Where(pair => !routes.Contains($"{pair.Value.Method} /v1{pair.Value.Path}")).Select(pair => pair.Key), Is.Empty);
    }

    [TestCase("Users", "retrieveUser", "[1]", "/v1/users/1")]
    [TestCase("Users", "getUser", "[\"1\"]", "/v1/users/1")]
    [TestCase("Users", "listUsers", "[0,2,null,\"alice\"]", "/v1/users?page=0&size=2&name=alice")]
    [TestCase("Users", "listUsers", "[{\"size\":2,\"name\":\"alice\"}]", "/v1/users?size=2&name=alice")]
    [TestCase("Channels", "listChannels", "[]", "/v1/channels")]
    [TestCase("Channels", "listChannels", "[{\"members\":[\"alice\",\"bob\"]}]", "/v1/channels?members=alice&members=bob")]
    [TestCase("Channels", "listChannelMessages", "[1,2]", "/v1/channels/1/messages?size=2")]
    [TestCase("Threads", "retrieveThread", "[5]", "/v1/threads/5")]
    public async Task Results_equal_those_of_the_api(string api, string method, string arguments, string path)
    {
        var response = await CallAsync(api, method, arguments);

        Assert.That(response.Error, Is.Null);
        Assert.That(response.Value.GetRawText(), Is.EqualTo((await GetAsync(path)).ToJsonString(Relaxed)));
    }

    [TestCase("Users", "createUser", "[{\"name\":\"alice\",\"displayName\":\"x\"}]", "ClientError", "taken")]
    [TestCase("Users", "retrieveUser", "[99]", "ResourceNotFoundError", "no such user")]
    [TestCase("Users", "retrieveUser", "[7]", "ResourceNotFoundError", "no such user")]
    [TestCase("Users", "getUserExists", "[\"nobody\"]", "ResourceNotFoundError", "404")]
    [TestCase("Users", "retrieveUser", "[]", "ArgumentError", "arguments")]
    [TestCase("Users", "retrieveUser", "[\"1/secrets/k\"]", "ResourceNotFoundError", "nothing at this address")]
    [TestCase("Users", "retrieveUser", "[\"..\"]", "ArgumentError", "arguments")]
    [TestCase("Users", "setUserSecret", "[1,\"\\ud800\",{}]", "ArgumentError", "arguments")]
    [TestCase("Users", "dropTables", "[]", "UnknownMethodError", "Users.dropTables")]
    [TestCase("constructor", "constructor", "[]", "UnknownMethodError", "constructor")]
    [TestCase("Users", "createUser", "[]", "ClientError", "not valid")]
    [TestCase("Users", "createUser", "{}", "ClientError", "not valid")]
    public async Task Errors_have_a_code_and_a_message(string api, string method, string arguments, string error, string message)
    {
        var response = await CallAsync(api, method, arguments);

        Assert.That(response.Error?.GetProperty("error").GetString(), Is.EqualTo(error));
        Assert.That(response.Error?.GetProperty("message").GetString(), Does.Contain(message));
    }

    [Test]
    public async Task An_existing_user_name_exists() =>
        Assert.That((await CallAsync("Users", "checkUserExists", "[\"alice\"]")).Error, Is.Null);

    [Test]
    public async Task A_handler_has_the_scopes_of_the_applications_clients()
    {
        await using var command = Database.DataSource.CreateCommand("UPDATE clients SET scopes = '{read:*}' WHERE application_id = 1");
        await command.ExecuteNonQueryAsync();

        var refused = await CallAsync("Users", "createUser", "[{\"name\":\"eve\",\"displayName\":\"Eve\"}]");

        Assert.That(refused.Error?.GetProperty("error").GetString(), Is.EqualTo("access_denied"));
        Assert.That(refused.Error?.TryGetProperty("message", out _), Is.True);
        Assert.That((await CallAsync("Users", "retrieveUser", "[1]")).Error, Is.Null);
    }

    [Test]
    public async Task A_handler_can_make_concurrent_calls()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            CallAsync("Users", "createUser", $$"""[{"name":"u{{i}}","displayName":"x"}]""")));

        Assert.That(responses.Count(response => response.Error is null), Is.EqualTo(20));
    }

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private async Task<ApiResponse> CallAsync(string api, string method, string arguments)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(1);
        return await scope.ServiceProvider.GetRequiredService<IFunctionApi>()
            .CallAsync(api, method, JsonSerializer.Deserialize<JsonElement>(arguments), CancellationToken.None);
    }
}
