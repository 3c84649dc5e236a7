using System.Collections.Concurrent;
using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions.Egress;
using ChatPlatform.Infrastructure.Functions.Node;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <summary>The processes of all applications, which end with the server.</summary>
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

    public int? ProcessIdOf(long applicationId) => _executors.TryGetValue(applicationId, out var executor) ? executor.Process?.Id : null;

    /// <summary>Reserves capacity for a new process; if necessary it retires the one that has been idle longest.</summary>
    /// <returns>False when no process is idle.</returns>
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

    /// <summary>Turns the reservation into the started process, or releases it when <paramref name="process"/> is null.</summary>
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
                "The function process of application {Application} ended: {Reason}", process.Environment.ApplicationId, reason.Message);
        }
    }
}
