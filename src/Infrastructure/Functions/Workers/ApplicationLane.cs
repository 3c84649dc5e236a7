using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions.Egress;
using ChatPlatform.Infrastructure.Functions.Node;

namespace ChatPlatform.Infrastructure.Functions.Workers;

/// <summary>The calls of one application: those that run, in one process, and those that wait.</summary>
internal sealed class ApplicationLane(WorkerCrowd crowd, EgressProxy egress, FunctionOptions options, TimeProvider clock) : IDisposable
{
    private const int Tries = 3;
    private const int BackOffSteps = 5;

    private readonly SemaphoreSlim _places = new(options.ConcurrentCalls);
    private readonly SemaphoreSlim _starting = new(1);
    private Worker? _worker;
    private int _calls;
    private int _failures;

    /// <summary>The process that takes calls now.</summary>
    public Worker? Worker => _worker is { TakesCalls: true } worker ? worker : null;

    public async Task<FunctionOutcome> InvokeAsync(FunctionCall call, IFunctionApi api, Confinement confinement, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _calls) > options.ConcurrentCalls + options.QueuedCalls)
        {
            Interlocked.Decrement(ref _calls);
            return Failed(FunctionErrorKind.Busy, $"{options.QueuedCalls} calls of the application wait already.");
        }

        try
        {
            await _places.WaitAsync(ct);
            try
            {
                return await TryAsync(call, api, confinement, ct);
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        _starting.Dispose();
    }

    private async Task<FunctionOutcome> TryAsync(FunctionCall call, IFunctionApi api, Confinement confinement, CancellationToken ct)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var (worker, error) = await WorkerAsync(call.Environment, confinement, ct);
            if (error is not null)
            {
                return new FunctionOutcome(default, error, [], TimeSpan.Zero);
            }

            if (await worker!.RunAsync(call, api, ct) is { } outcome)
            {
                if (outcome.Succeeded)
                {
                    _failures = 0;
                }

                return outcome;
            }
        }

        return Failed(
            FunctionErrorKind.LimitExceeded, "Other calls of the application ended their process each time before this one began.");
    }

    private async Task<(Worker? Worker, FunctionError? Error)> WorkerAsync(
        FunctionEnvironment environment, Confinement confinement, CancellationToken ct)
    {
        await _starting.WaitAsync(ct);
        try
        {
            if (Worker is { } known && IsMadeOf(known.Environment, environment))
            {
                return (known, null);
            }

            if (environment.DependenciesFolder is { } packages && !Directory.Exists(packages))
            {
                var missing = Failed(
                    FunctionErrorKind.NotLoadable, "The application's packages are not on this server: install them again.");
                return (null, missing.Error);
            }

            Worker?.Retire();
            await BackOffAsync(ct);
            if (!crowd.TryReserve())
            {
                return (null, Failed(FunctionErrorKind.Busy, $"{options.Processes} applications run functions already.").Error);
            }

            Worker? worker = null;
            FunctionError? error;
            try
            {
                (worker, error) = await Worker.StartAsync(environment, confinement, egress, options, clock);
            }
            finally
            {
                crowd.Take(worker);
            }

            _ = RememberAsync(worker);
            if (error is not null)
            {
                worker.Kill(new WorkerEnd(error.Kind, error.Message));
                return (null, error);
            }

            _worker = worker;
            return (worker, null);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>The revision alone would do, were there no databases that are restored from a copy.</summary>
    private static bool IsMadeOf(FunctionEnvironment old, FunctionEnvironment now) => old.Revision == now.Revision
        && old.InitializationScript == now.InitializationScript
        && old.DependenciesFolder == now.DependenciesFolder
        && old.Variables.Count == now.Variables.Count
        && old.Variables.All(variable => now.Variables.TryGetValue(variable.Key, out var value) && value == variable.Value);

    private Task BackOffAsync(CancellationToken ct)
    {
        if (_failures == 0)
        {
            return Task.CompletedTask;
        }

        var wait = options.MaxBackOff / (1 << Math.Max(0, BackOffSteps - _failures));
        return Task.Delay(wait, clock, ct);
    }

    private async Task RememberAsync(Worker worker)
    {
        if ((await worker.Ended).IsFailure)
        {
            Interlocked.Increment(ref _failures);
        }
    }

    private static FunctionOutcome Failed(FunctionErrorKind kind, string message) =>
        new(default, new FunctionError(kind, kind.ToString(), message, Stack: null), [], TimeSpan.Zero);
}
