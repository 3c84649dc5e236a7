using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions.Egress;
using ChatPlatform.Infrastructure.Functions.Node;

namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <summary>Runs the calls of one application in its process and queues further ones.</summary>
internal sealed class TenantExecutor(ProcessPool pool, EgressProxy egress, FunctionOptions options, TimeProvider clock) : IDisposable
{
    private const int MaxAttempts = 3;
    private const int BackOffSteps = 5;

    private readonly SemaphoreSlim _slots = new(options.ConcurrentCalls);
    private readonly SemaphoreSlim _starting = new(1);
    private SandboxProcess? _process;
    private int _calls;
    private int _failures;

    public SandboxProcess? Process => _process is { AcceptsInvocations: true } process ? process : null;

    public async Task<FunctionOutcome> InvokeAsync(
        InvocationRequest request, IFunctionApi api, SandboxLauncher launcher, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _calls) > options.ConcurrentCalls + options.QueuedCalls)
        {
            Interlocked.Decrement(ref _calls);
            return Failed(FunctionErrorKind.Busy, $"{options.QueuedCalls} calls of the application are waiting already.");
        }

        try
        {
            await _slots.WaitAsync(ct);
            try
            {
                return await TryAsync(request, api, launcher, ct);
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
        }
    }

    public void Dispose()
    {
        _slots.Dispose();
        _starting.Dispose();
    }

    private async Task<FunctionOutcome> TryAsync(
        InvocationRequest request, IFunctionApi api, SandboxLauncher launcher, CancellationToken ct)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var (process, error) = await GetProcessAsync(request.Environment, launcher, ct);
            if (error is not null)
            {
                return new FunctionOutcome(default, error, [], TimeSpan.Zero);
            }

            if (await process!.RunAsync(request, api, ct) is { } outcome)
            {
                if (outcome.Succeeded)
                {
                    _failures = 0;
                }

                return outcome;
            }
        }

        return Failed(
            FunctionErrorKind.LimitExceeded, "Other calls of the application ended the process before this one began, several times.");
    }

    private async Task<(SandboxProcess? Process, FunctionError? Error)> GetProcessAsync(
        FunctionEnvironment environment, SandboxLauncher launcher, CancellationToken ct)
    {
        await _starting.WaitAsync(ct);
        try
        {
            if (Process is { } known && Matches(known.Environment, environment))
            {
                return (known, null);
            }

            if (environment.DependenciesFolder is { } packages && !Directory.Exists(packages))
            {
                var missing = Failed(
                    FunctionErrorKind.NotLoadable, "The application's packages are missing on this server; install them again.");
                return (null, missing.Error);
            }

            Process?.Retire();
            await BackOffAsync(ct);
            if (!pool.TryReserve())
            {
                return (null, Failed(FunctionErrorKind.Busy, $"{options.Processes} applications are running functions already.").Error);
            }

            SandboxProcess? process = null;
            FunctionError? error;
            try
            {
                (process, error) = await SandboxProcess.StartAsync(environment, launcher, egress, options, clock);
            }
            finally
            {
                pool.Add(process);
            }

            _ = CountFailureAsync(process);
            if (error is not null)
            {
                process.Kill(new ExitReason(error.Kind, error.Message));
                return (null, error);
            }

            _process = process;
            return (process, null);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>The revision alone is not enough: it repeats after a database is restored from a backup.</summary>
    private static bool Matches(FunctionEnvironment current, FunctionEnvironment wanted) => current.Revision == wanted.Revision
        && current.InitializationScript == wanted.InitializationScript
        && current.DependenciesFolder == wanted.DependenciesFolder
        && current.Variables.Count == wanted.Variables.Count
        && current.Variables.All(variable => wanted.Variables.TryGetValue(variable.Key, out var value) && value == variable.Value);

    private Task BackOffAsync(CancellationToken ct)
    {
        if (_failures == 0)
        {
            return Task.CompletedTask;
        }

        var wait = options.MaxBackOff / (1 << Math.Max(0, BackOffSteps - _failures));
        return Task.Delay(wait, clock, ct);
    }

    private async Task CountFailureAsync(SandboxProcess process)
    {
        if ((await process.Exited).IsFailure)
        {
            Interlocked.Increment(ref _failures);
        }
    }

    private static FunctionOutcome Failed(FunctionErrorKind kind, string message) =>
        new(default, new FunctionError(kind, kind.ToString(), message, Stack: null), [], TimeSpan.Zero);
}
