using System.Text.Json;
using ChatPlatform.Application.Functions;
using ChatPlatform.Testing;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>A server with a script in an endless loop, for tests that kill it.</summary>
internal static class FunctionOwner
{
    public const string Argument = "functions";

    /// <summary>Prints the process id of the script once it has begun.</summary>
    public static async Task<int> RunAsync()
    {
        using var rig = FunctionTest.FunctionRig.Build(options => options.CpuTime = TimeSpan.FromHours(1));
        var api = new FakeApi();
        var call = rig.Runtime.InvokeAsync(
            new InvocationRequest(
                new FunctionEnvironment(1, 1, null, new Dictionary<string, string>(), null), 1, 1, "Loop",
                "exports.handleEvent = async (event, { ChatKitty }) => { await ChatKitty.Users.begin(); while (true); };",
                JsonSerializer.SerializeToElement(new { }), TimeSpan.FromHours(1)),
            api,
            CancellationToken.None);
        await Wait.UntilAsync(() => Task.FromResult(call.IsCompleted || api.Calls.Count > 0), "the script begins");
        await Console.Out.WriteLineAsync($"{rig.Pool.ProcessIdOf(1)}");
        await call;
        return 0;
    }
}
