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

    public Task<FunctionOutcome> InvokeAsync(FunctionCall call, IFunctionApi api, Confinement confinement, CancellationToken ct) =>
        _lanes.GetOrAdd(call.Environment.ApplicationId, _ => new ApplicationLane(this, egress, options.Value, clock))
            .InvokeAsync(call, api, confinement, ct);

    /// <summary>The process that takes an application's calls; null when there is none.</summary>
    public int? ProcessOf(long applicationId) => _lanes.TryGetValue(applicationId, out var lane) ? lane.Worker?.Id : null;

    /// <summary>Whether one more process may be started; one that has had nothing to do for the longest time goes for it.</summary>
    public bool MakeRoom()
    {
        if (_workers.Keys.Count(worker => worker.IsAlive) < options.Value.Processes)
        {
            return true;
        }

        var idle = _workers.Keys.Where(worker => worker.TakesCalls && worker.Idle is not null).MaxBy(worker => worker.Idle);
        idle?.Retire();
        return idle is not null;
    }

    public void Follow(Worker worker)
    {
        _workers[worker] = 0;
        _ = ForgetAsync(worker);
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
