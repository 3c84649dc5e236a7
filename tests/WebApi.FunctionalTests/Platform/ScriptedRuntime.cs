using System.Text.Json;
using ChatPlatform.Application.Functions;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Replaces the function runtime: a test sets the outcome of runs. Scripts with <c>???</c> have a syntax error.</summary>
internal sealed class ScriptedRuntime : IFunctionRuntime, IDependencyInstaller
{
    /// <summary>The outcome of a run; nothing by default.</summary>
    public Func<InvocationRequest, IFunctionApi, Task<FunctionOutcome>> Run { get; set; } = (_, _) => Task.FromResult(Returns("null"));

    public bool Installs { get; set; }

    public List<InvocationRequest> Requests { get; } = [];

    public static ScriptedRuntime In(ServerFactory server)
    {
        var runtime = new ScriptedRuntime();
        server.Replacements = services => services
            .Replace(ServiceDescriptor.Singleton<IFunctionRuntime>(runtime))
            .Replace(ServiceDescriptor.Singleton<IDependencyInstaller>(runtime));
        return runtime;
    }

    public static FunctionOutcome Returns(string json) =>
        new(JsonSerializer.Deserialize<JsonElement>(json), null, [], TimeSpan.FromMilliseconds(3));

    public static FunctionOutcome Fails(FunctionErrorKind kind, string message) =>
        new(default, new FunctionError(kind, "Error", message, "at handleEvent (1:1)"), [], TimeSpan.FromMilliseconds(3));

    public void Reset()
    {
        Run = (_, _) => Task.FromResult(Returns("null"));
        Installs = false;
        Requests.Clear();
    }

    public Task<FunctionAvailability> GetAvailabilityAsync(CancellationToken ct) => Task.FromResult(new FunctionAvailability(true, null));

    public Task<ScriptError?> CheckAsync(string script, CancellationToken ct)
    {
        var lines = script.Split('\n');
        var line = Array.FindIndex(lines, text => text.Contains("???", StringComparison.Ordinal));
        return Task.FromResult(line < 0
            ? null
            : new ScriptError("Unexpected token '??'", line + 1, lines[line].IndexOf("???", StringComparison.Ordinal) + 1));
    }

    public Task<FunctionOutcome> InvokeAsync(InvocationRequest request, IFunctionApi api, CancellationToken ct)
    {
        lock (Requests)
        {
            Requests.Add(request with { Event = request.Event.Clone() });
        }

        return Run(request, api);
    }

    public Task<InstalledDependencies> InstallAsync(
        long applicationId, long revision, IReadOnlyDictionary<string, string> dependencies, CancellationToken ct) =>
        Task.FromResult(Installs
            ? new InstalledDependencies("/nowhere", dependencies.ToDictionary(one => one.Key, one => one.Value.TrimStart('^')), null)
            : new InstalledDependencies(null, new Dictionary<string, string>(), "no such package"));

    public Task RemoveOthersAsync(long applicationId, IReadOnlyCollection<long> keptRevisions, CancellationToken ct) => Task.CompletedTask;
}
