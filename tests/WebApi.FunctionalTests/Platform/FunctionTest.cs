using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>A server with scripted functions.</summary>
public abstract class FunctionTest : PlatformTest
{
    private protected ScriptedRuntime Runtime { get; private set; } = null!;

    protected override void Configure(ServerFactory server)
    {
        Runtime = ScriptedRuntime.In(server);
        server.Settings["PublicBaseUrl"] = "http://localhost";
    }

    [SetUp]
    public void ResetRuntime() => Runtime.Reset();

    /// <summary>Creates an enabled function.</summary>
    protected async Task<long> DeployAsync(string type, string name = "f")
    {
        var created = await PostAsync("/v1/runtimes/nodejs/functions", $$"""{"type":"{{type}}","name":"{{name}}"}""");
        await PostAsync($"/v1/functions/{created["id"]}/versions", """{"handlerScript":"async function handleEvent() {}"}""");
        return (long)created["id"]!;
    }

    protected async Task<IReadOnlyList<JsonNode>> InvocationsAsync(long function)
    {
        var page = await GetAsync($"/v1/functions/{function}/invocations?size=200");
        return [.. page["_embedded"]?["invocations"]!.AsArray().Select(one => one!) ?? []];
    }

    protected async Task<long> CountAsync(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
