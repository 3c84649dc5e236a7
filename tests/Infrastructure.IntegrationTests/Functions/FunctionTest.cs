using System.Text.Json;
using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions;
using ChatPlatform.Infrastructure.Functions.Dependencies;
using ChatPlatform.Infrastructure.Functions.Egress;
using ChatPlatform.Infrastructure.Functions.Node;
using ChatPlatform.Infrastructure.Functions.Processes;
using ChatPlatform.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>Runs scripts with Node.js; skipped where there is none and it cannot be downloaded.</summary>
public abstract class FunctionTest
{
    private static long _applications;
    private FunctionRig _rig = null!;

    /// <summary>An application that no other test uses.</summary>
    protected long Application { get; private set; }

    protected FakeApi Api { get; } = new();

    protected IFunctionRuntime Runtime => _rig.Runtime;

    private protected NodeRuntime Node => _rig.Node;

    private protected ProcessPool Pool => _rig.Pool;

    [OneTimeSetUp]
    public async Task PrepareAsync()
    {
        _rig = FunctionRig.Build(Configure);
        var found = await Runtime.GetAvailabilityAsync(CancellationToken.None);
        if (!found.Available)
        {
            SkipWithout(found.Reason!);
        }
    }

    [OneTimeTearDown]
    public void EndProcesses() => _rig?.Dispose();

    [SetUp]
    public void StartNewApplication()
    {
        Application = Interlocked.Increment(ref _applications);
        Api.Reset();
    }

    protected virtual void SkipWithout(string reason) => Skip.IfDownloadFailed(reason);

    protected virtual void Configure(FunctionOptions options)
    {
    }

    protected FunctionEnvironment Environment(
        string? initialization = null, Dictionary<string, string>? variables = null, string? dependencies = null, long revision = 1) =>
        new(Application, revision, initialization, variables ?? [], dependencies);

    protected InvocationRequest Request(
        string script, object? eventData = null, FunctionEnvironment? environment = null, double seconds = 10) => new(
        environment ?? Environment(), FunctionId: script.GetHashCode(StringComparison.Ordinal), Version: 1, "Greeter", script,
        JsonSerializer.SerializeToElement(eventData ?? new { }), TimeSpan.FromSeconds(seconds));

    protected Task<FunctionOutcome> RunAsync(
        string script, object? eventData = null, FunctionEnvironment? environment = null, double seconds = 10) =>
        Runtime.InvokeAsync(Request(script, eventData, environment, seconds), Api, CancellationToken.None);

    /// <summary>The JSON of a result without an error.</summary>
    protected async Task<string> ResultAsync(string script, object? eventData = null, FunctionEnvironment? environment = null)
    {
        var outcome = await RunAsync(script, eventData, environment);
        Assert.That(outcome.Error, Is.Null);
        return outcome.Result.ValueKind == JsonValueKind.Undefined ? "undefined" : outcome.Result.GetRawText();
    }

    protected async Task<FunctionError> ErrorAsync(string script, double seconds = 10, FunctionEnvironment? environment = null)
    {
        var outcome = await RunAsync(script, environment: environment, seconds: seconds);
        Assert.That(
            outcome.Error, Is.Not.Null, outcome.Result.ValueKind == JsonValueKind.Undefined ? "undefined" : outcome.Result.GetRawText());
        return outcome.Error!;
    }

    internal sealed record FunctionRig(IFunctionRuntime Runtime, ProcessPool Pool, NodeRuntime Node, EgressProxy Egress) : IDisposable
    {
        public static FunctionRig Build(Action<FunctionOptions> configure)
        {
            var options = new FunctionOptions();
            configure(options);
            var node = new NodeRuntime(Options.Create(options), TimeProvider.System, NullLogger<NodeRuntime>.Instance);
            var packages = new DependencyStore(Options.Create(options), NullLogger<DependencyStore>.Instance);
            var egress = new EgressProxy(Options.Create(options));
            var pool = new ProcessPool(egress, Options.Create(options), TimeProvider.System, NullLogger<ProcessPool>.Instance);
            return new FunctionRig(new NodeFunctionRuntime(node, new ScriptCheck(node), packages, pool), pool, node, egress);
        }

        public void Dispose()
        {
            Pool.Dispose();
            Node.Dispose();
            Egress.Dispose();
        }
    }
}
