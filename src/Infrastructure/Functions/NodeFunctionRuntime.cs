using System.ComponentModel;
using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions.Dependencies;
using ChatPlatform.Infrastructure.Functions.Node;
using ChatPlatform.Infrastructure.Functions.Processes;

namespace ChatPlatform.Infrastructure.Functions;

/// <summary>Runs scripts with Node.js, each application in its own sandboxed process.</summary>
internal sealed class NodeFunctionRuntime(NodeRuntime node, ScriptCheck check, DependencyStore dependencies, ProcessPool pool)
    : IFunctionRuntime
{
    public async Task<FunctionAvailability> GetAvailabilityAsync(CancellationToken ct)
    {
        try
        {
            await node.PrepareAsync(ct);
            return new FunctionAvailability(Available: true, Reason: null);
        }
        catch (FunctionsUnavailableException failure)
        {
            return new FunctionAvailability(Available: false, failure.Message);
        }
    }

    public async Task<ScriptError?> CheckAsync(string script, CancellationToken ct)
    {
        try
        {
            return await check.RunAsync(script, ct);
        }
        catch (FunctionsUnavailableException)
        {
            return null;
        }
    }

    public async Task<FunctionOutcome> InvokeAsync(InvocationRequest request, IFunctionApi api, CancellationToken ct)
    {
        try
        {
            var environment = request.Environment;
            if (environment.DependenciesFolder is { } folder)
            {
                environment = environment with { DependenciesFolder = await dependencies.PathOfAsync(folder, ct) };
            }

            return await pool.InvokeAsync(request with { Environment = environment }, api, await node.PrepareAsync(ct), ct);
        }
        catch (Exception failure) when (failure is FunctionsUnavailableException or Win32Exception)
        {
            var error = new FunctionError(
                FunctionErrorKind.Unavailable, nameof(FunctionErrorKind.Unavailable), failure.Message, Stack: null);
            return new FunctionOutcome(default, error, [], TimeSpan.Zero);
        }
    }
}
