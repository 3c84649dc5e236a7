using System.Collections.Concurrent;
using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions.Egress;
using ChatPlatform.Infrastructure.Functions.Node;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <summary>The processes of all applications. They end with the server.</summary>
internal sealed class ProcessPool(
    EgressProxy egress, IOptions<FunctionOptions> options, TimeProvider clock, ILogger<ProcessPool> logger) : IDisposable
{
    private readonly ConcurrentDictionary<long, TenantExecutor> _executors = new();
    private readonly ConcurrentDictionary<SandboxProcess, byte> _processes = new();
    private readonly Lock _gate = new();
    private int _reserved;

    public Task<FunctionOutcome> InvokeAsync(InvocationRequest request, IFunctionApi api, SandboxLauncher launcher, CancellationToken ct) =>
        _executors.GetOrAdd(request.Environment.ApplicationId, _ => new TenantExecutor(this, egress, options.Value, clock))
            .InvokeAsync(request, api, launcher, ct);

    /// <summary>The process that takes an application's calls; null when there is none.</summary>
    public int? ProcessIdOf(long applicationId) => _executors.TryGetValue(applicationId, out var executor) ? executor.Process?.Id : null;

    /// <summary>
    /// Keeps a place for a process that is to be started, if need be that of the one which has had nothing to do for the longest time.
    /// </summary>
    /// <returns>False when all of them have something to do.</returns>
    public bool TryReserve()
    {
        lock (_gate)
        {
            while (_processes.Keys.Count(process => process.IsAlive) + _reserved >= options.Value.Processes)
            {
                if (_processes.Keys.Where(process => process.AcceptsInvocations && process.IdleDuration is not null)
                    .MaxBy(process => process.IdleDuration) is not { } idle)
                {
                    return false;
                }

                idle.Retire();
            }

            _reserved++;
            return true;
        }
    }

    /// <summary>Gives the place to the process that was started; null when none was.</summary>
    public void Add(SandboxProcess? process)
    {
        lock (_gate)
        {
            _reserved--;
            if (process is not null)
            {
                _processes[process] = 0;
                _ = RemoveOnExitAsync(process);
            }
        }
    }

    public void Dispose()
    {
        foreach (var process in _processes.Keys)
        {
            process.Kill(ExitReason.NotNeeded);
        }

        foreach (var executor in _executors.Values)
        {
            executor.Dispose();
        }
    }

    private async Task RemoveOnExitAsync(SandboxProcess process)
    {
        var reason = await process.Exited;
        _processes.TryRemove(process, out _);
        if (reason.IsFailure)
        {
            logger.LogWarning(
                "The process of application {Application}'s functions was ended: {Reason}", process.Environment.ApplicationId, reason.Message);
        }
    }
}
