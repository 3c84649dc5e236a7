using System.Collections.Concurrent;
using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions.Egress;
using ChatPlatform.Infrastructure.Functions.Node;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Functions.Workers;

/// <summary>The processes of all applications. They end with the server.</summary>
internal sealed class WorkerCrowd(
    EgressProxy egress, IOptions<FunctionOptions> options, TimeProvider clock, ILogger<WorkerCrowd> logger) : IDisposable
{
    private readonly ConcurrentDictionary<long, ApplicationLane> _lanes = new();
    private readonly ConcurrentDictionary<Worker, byte> _workers = new();
    private readonly Lock _places = new();
    private int _reserved;

    public Task<FunctionOutcome> InvokeAsync(FunctionCall call, IFunctionApi api, Confinement confinement, CancellationToken ct) =>
        _lanes.GetOrAdd(call.Environment.ApplicationId, _ => new ApplicationLane(this, egress, options.Value, clock))
            .InvokeAsync(call, api, confinement, ct);

    /// <summary>The process that takes an application's calls; null when there is none.</summary>
    public int? ProcessOf(long applicationId) => _lanes.TryGetValue(applicationId, out var lane) ? lane.Worker?.Id : null;

    /// <summary>
    /// Keeps a place for a process that is to be started, if need be that of the one which has had nothing to do for the longest time.
    /// </summary>
    /// <returns>False when all of them have something to do.</returns>
    public bool TryReserve()
    {
        lock (_places)
        {
            while (_workers.Keys.Count(worker => worker.IsAlive) + _reserved >= options.Value.Processes)
            {
                if (_workers.Keys.Where(worker => worker.TakesCalls && worker.Idle is not null)
                    .MaxBy(worker => worker.Idle) is not { } idle)
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
    public void Take(Worker? worker)
    {
        lock (_places)
        {
            _reserved--;
            if (worker is not null)
            {
                _workers[worker] = 0;
                _ = ForgetAsync(worker);
            }
        }
    }

    public void Dispose()
    {
        foreach (var worker in _workers.Keys)
        {
            worker.Kill(WorkerEnd.NotNeeded);
        }

        foreach (var lane in _lanes.Values)
        {
            lane.Dispose();
        }
    }

    private async Task ForgetAsync(Worker worker)
    {
        var end = await worker.Ended;
        _workers.TryRemove(worker, out _);
        if (end.IsFailure)
        {
            logger.LogWarning(
                "The process of application {Application}'s functions was ended: {Reason}", worker.Environment.ApplicationId, end.Message);
        }
    }
}
