using System.Text.Json;
using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure;
using ChatPlatform.Infrastructure.Functions;
using ChatPlatform.Infrastructure.Functions.Node;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Benchmarks.Functions;

/// <summary>Function calls without database and HTTP, compared with a bare Node.js.</summary>
internal sealed class CallBenchmark(IFunctionRuntime runtime, string node, TimeSpan length)
{
    private const int Starts = 20;
    private const string Handler =
        "let calls = 0; exports.handleEvent = (event) => ({ calls: ++calls, length: event.message.body.length });";
    private const string CallingHandler =
        "exports.handleEvent = async (event, { ChatKitty }) => (await ChatKitty.Users.getUser(event.user)).id;";

    private readonly StubApi _api = new();
    private readonly JsonElement _message =
        JsonSerializer.SerializeToElement(new { user = 7, message = new { body = new string('x', 200) } });
    private long _application;

    /// <param name="arguments">Settings, such as <c>--Functions:UseSandbox=false</c>.</param>
    public static async Task<int> RunAsync(TimeSpan length, string[] arguments)
    {
        var services = new ServiceCollection().AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddCommandLine(arguments).Build());
        await using var provider = services.AddInfrastructure("Host=none").BuildServiceProvider();
        var runtime = provider.GetRequiredService<IFunctionRuntime>();
        var found = await runtime.GetAvailabilityAsync(CancellationToken.None);
        if (!found.Available)
        {
            await Console.Error.WriteLineAsync(found.Reason);
            return 1;
        }

        var nodes = provider.GetRequiredService<NodeRuntime>();
        var node = await NodeProgram.LocateAsync(
            provider.GetRequiredService<IOptions<FunctionOptions>>().Value, await nodes.CacheAsync(CancellationToken.None),
            NullLogger.Instance, CancellationToken.None);
        Console.WriteLine($"Functions run {(await nodes.PrepareAsync(CancellationToken.None)).Description}.\n");
        await new CallBenchmark(runtime, node, length).MeasureAsync();
        return 0;
    }

    private async Task MeasureAsync()
    {
        var (cold, bare) = (new Measurements(), new Measurements());
        await BareNode.StartAsync(node);
        await cold.AddAsync(Starts, () => InvokeAsync(++_application, Handler));
        await bare.AddAsync(Starts, () => BareNode.StartAsync(node));
        Console.WriteLine("| | functions | bare Node.js | ratio |\n|---|---|---|---|");
        Console.WriteLine(
            $"| cold start, until the first response | p50 {cold.Percentile(50):f0} ms, worst {cold.Worst:f0} ms "
            + $"| start with an empty script: p50 {bare.Percentile(50):f0} ms | {cold.Percentile(50) / bare.Percentile(50):f1} |");

        var echo = new Measurements();
        using (var process = new BareNode(node))
        {
            await echo.AddAsync(TimeSpan.FromSeconds(1), callers: 1, _ => process.CallAsync(_message));
            echo = new Measurements();
            await echo.AddAsync(length, callers: 1, _ => process.CallAsync(_message));
        }

        await MeasureAsync("warm, one call at a time", Handler, callers: 1, applications: 1, echo);
        await MeasureAsync("warm, 8 calls at a time", Handler, callers: 8, applications: 1, echo);
        await MeasureAsync("warm, 4 applications, 2 calls each", Handler, callers: 8, applications: 4, echo);
        await MeasureAsync("warm, each calls the server once", CallingHandler, callers: 1, applications: 1, echo);
        await MeasureAsync("warm, each calls the server once, 8 at a time", CallingHandler, callers: 8, applications: 1, echo);
    }

    private async Task MeasureAsync(string name, string script, int callers, int applications, Measurements echo)
    {
        var ids = Enumerable.Range(0, applications).Select(_ => ++_application).ToArray();
        var measurements = new Measurements();
        await measurements.AddAsync(TimeSpan.FromSeconds(1), callers, caller => InvokeAsync(ids[caller % applications], script));
        measurements = new Measurements();
        await measurements.AddAsync(length, callers, caller => InvokeAsync(ids[caller % applications], script));
        Console.WriteLine(
            $"| {name} | {measurements} | echo of frames, one at a time: {echo} | {measurements.Rate / echo.Rate:f2} |");
    }

    private async Task InvokeAsync(long id, string script)
    {
        var environment = new FunctionEnvironment(id, 1, null, new Dictionary<string, string>(), null);
        var outcome = await runtime.InvokeAsync(
            new InvocationRequest(environment, 1, 1, "benchmark", script, _message, TimeSpan.FromSeconds(10)), _api,
            CancellationToken.None);
        if (!outcome.Succeeded)
        {
            throw new InvalidOperationException(outcome.Error!.ToString());
        }
    }
}
