using System.Collections.Concurrent;
using System.Diagnostics;
using ChatPlatform.Application.Functions;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using ChatPlatform.Infrastructure.Functions.Egress;
using ChatPlatform.Infrastructure.Functions.Node;

namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <summary>The process of one application, and the calls in it.</summary>
internal sealed class SandboxProcess : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, Invocation> _invocations = new();
    private readonly ConcurrentDictionary<string, byte> _cancelling = new();
    private readonly List<InvocationConsoleLine> _startupConsole = [];
    private readonly TaskCompletionSource<FunctionError?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FunctionOptions _options;
    private readonly TimeProvider _clock;
    private readonly NodeProcess _process;
    private readonly HostOperations _operations;
    private readonly LoadedScripts _scripts;
    private bool _retired;
    private long _idleSince;

    private SandboxProcess(
        FunctionEnvironment environment, SandboxLauncher launcher, Process process, EgressProxy egress, FunctionOptions options,
        TimeProvider clock)
    {
        (Environment, _options, _clock) = (environment, options, clock);
        _process = new NodeProcess(process);
        _operations = new HostOperations(_process, egress, options);
        _scripts = new LoadedScripts(launcher.DependenciesPath(environment.DependenciesFolder));
    }

    public FunctionEnvironment Environment { get; }

    /// <summary>Completes once the calls of an exited process have ended.</summary>
    public Task<ExitReason> Exited { get; private set; } = null!;

    public bool AcceptsInvocations => !_retired && _process.Exit is null;

    public bool IsAlive => _process.Exit is null;

    public int Id => _process.Id;

    /// <summary>Null while it has calls, and before it is ready.</summary>
    public TimeSpan? IdleDuration => IsIdle ? _clock.GetElapsedTime(Interlocked.Read(ref _idleSince)) : null;

    private bool IsIdle => _invocations.IsEmpty && _ready.Task.IsCompleted;

    /// <returns>The process, and an error when it must be killed.</returns>
    public static async Task<(SandboxProcess Process, FunctionError? Error)> StartAsync(
        FunctionEnvironment environment, SandboxLauncher launcher, EgressProxy egress, FunctionOptions options, TimeProvider clock)
    {
        var start = launcher.StartScript(environment.ApplicationId, environment.DependenciesFolder, "main.mjs");
        var sandbox = new SandboxProcess(environment, launcher, await ProcessStarter.StartAsync(start), egress, options, clock);
        sandbox.Exited = sandbox.ReadUntilExitAsync();
        var limit = new ExitReason(
            FunctionErrorKind.TimedOut,
            $"The process with its initialization script was not ready within {options.StartTime.TotalSeconds} s.");
        sandbox._process.Send(sandbox._scripts.StartMessage(environment, options));
        _ = sandbox.WatchAsync();
        var ended = await Task.WhenAny(sandbox._ready.Task, Task.Delay(options.StartTime, clock)) != sandbox._ready.Task;
        if (ended)
        {
            sandbox.Kill(limit);
        }

        return (sandbox, ended ? limit.ToError() : await sandbox._ready.Task);
    }

    /// <returns>Null when the process ended before the call had begun.</returns>
    public async Task<FunctionOutcome?> RunAsync(InvocationRequest request, IFunctionApi api, CancellationToken ct)
    {
        using var invocation = new Invocation(request, api, _options, _clock, DrainStartupConsole());
        _invocations[invocation.Id] = invocation;
        _process.ResetCpuTime();
        try
        {
            if (_process.Exit is not null)
            {
                return null;
            }

            foreach (var message in _scripts.MessagesFor(invocation))
            {
                _process.Send(message);
            }

            return await WithTimeLimitAsync(invocation, ct);
        }
        catch (OperationCanceledException)
        {
            _retired = true;
            throw;
        }
        finally
        {
            _invocations.TryRemove(invocation.Id, out _);
            _process.ResetCpuTime();
            Interlocked.Exchange(ref _idleSince, _clock.GetTimestamp());
            if (_retired || _scripts.IsFull)
            {
                Retire();
            }
        }
    }

    public void Retire()
    {
        _retired = true;
        if (_invocations.IsEmpty)
        {
            Kill(ExitReason.NotNeeded);
        }
    }

    public void Kill(ExitReason reason) => _process.Kill(reason);

    public void Dispose() => Kill(ExitReason.NotNeeded);

    /// <summary>The limit also bounds the wait for the start, during which another call or its leftover blocks the process.</summary>
    private async Task<FunctionOutcome?> WithTimeLimitAsync(Invocation invocation, CancellationToken ct)
    {
        var limit = invocation.Request.Limit;
        if (!await CompletesAsync(Task.WhenAny(invocation.Started, invocation.Completed), limit, ct))
        {
            Kill(new ExitReason(
                FunctionErrorKind.TimedOut, $"Another call blocked the application's process for longer than {limit.TotalSeconds} s."));
        }
        else if (!await CompletesAsync(invocation.Completed, limit, ct))
        {
            var late = new ExitReason(FunctionErrorKind.TimedOut, $"The call took longer than {limit.TotalSeconds} s.");
            invocation.Fail(late.ToError());
            await CancelAsync(invocation, new ExitReason(
                FunctionErrorKind.LimitExceeded,
                "Another call of the application exceeded its time limit, and their process had to be ended."));
        }

        return await invocation.Completed;
    }

    private async Task<bool> CompletesAsync(Task task, TimeSpan limit, CancellationToken ct)
    {
        try
        {
            await task.WaitAsync(limit, _clock, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return task.IsCompleted;
        }
    }

    /// <summary>A process that still responds ends after its other calls; otherwise it is killed.</summary>
    private async Task CancelAsync(Invocation invocation, ExitReason reason)
    {
        _cancelling[invocation.Id] = 0;
        _process.Send(new { type = "cancel", id = invocation.Id });
        _retired = true;
        var waited = _clock.GetTimestamp();
        while (_cancelling.ContainsKey(invocation.Id) && _process.Exit is null)
        {
            if (_clock.GetElapsedTime(waited) > Grace)
            {
                Kill(reason);
                return;
            }

            await Task.Delay(5);
        }
    }

    private async Task<ExitReason> ReadUntilExitAsync()
    {
        var reason = await _process.ReadUntilExitAsync(Receive);
        _ready.TrySetResult(reason.ToError());
        foreach (var invocation in _invocations.Values)
        {
            invocation.OnProcessExit(reason);
        }

        _operations.Dispose();
        return reason;
    }

    private void Receive(ProcessMessage message)
    {
        if (message.Type == "ready")
        {
            Interlocked.Exchange(ref _idleSince, _clock.GetTimestamp());
            _ready.TrySetResult(message.Message is null ? null : new FunctionError(
                FunctionErrorKind.NotLoadable, NameOf(message), $"The initialization script failed: {_scripts.Readable(message.Message)}",
                _scripts.ReadableStack(message.Stack)));
        }
        else if (message.Type == "cancelled")
        {
            _cancelling.TryRemove(message.Id ?? string.Empty, out _);
        }
        else if (message.Type == "log" && string.IsNullOrEmpty(message.Id))
        {
            WriteStartupConsole(new InvocationConsoleLine(_clock.UtcNow(), LevelOf(message), _scripts.Readable(message.Text)));
        }
        else if (_invocations.TryGetValue(message.Id ?? string.Empty, out var invocation))
        {
            Receive(message, invocation);
        }
    }

    private void Receive(ProcessMessage message, Invocation invocation)
    {
        switch (message.Type)
        {
            case "started":
                invocation.Start();
                break;
            case "log":
                invocation.Write(LevelOf(message), _scripts.Readable(message.Text));
                break;
            case "apiCall" or "fetch":
                _operations.Handle(message, invocation);
                break;
            case "flood":
                Kill(new ExitReason(
                    FunctionErrorKind.LimitExceeded, $"The call wrote more than {_options.FloodCharacters} characters to its console."));
                break;
            case "completed" when message.Kind is null:
                Complete(invocation, message.Json);
                break;
            case "completed":
                var kind = Enum.TryParse<FunctionErrorKind>(message.Kind, out var given) ? given : FunctionErrorKind.Thrown;
                invocation.Fail(
                    new FunctionError(kind, NameOf(message), _scripts.Readable(message.Message), _scripts.ReadableStack(message.Stack)));
                break;
        }
    }

    private static void Complete(Invocation invocation, string? json)
    {
        if (json is null)
        {
            invocation.Succeed(default);
        }
        else if (PlainJson.Parse(json) is { } result)
        {
            invocation.Succeed(result);
        }
        else
        {
            invocation.Fail(
                new FunctionError(FunctionErrorKind.Thrown, "TypeError", "The result is nested deeper than 64 levels.", Stack: null));
        }
    }

    private async Task WatchAsync()
    {
        while (_process.Exit is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(IsIdle ? 500 : 40));
            if (_process.FindExceededLimit(_options) is { } reason)
            {
                Kill(reason);
            }
            else if (IdleDuration > _options.IdleTime)
            {
                Retire();
            }
        }
    }

    private void WriteStartupConsole(InvocationConsoleLine line)
    {
        lock (_startupConsole)
        {
            if (_startupConsole.Count < _options.ConsoleLines)
            {
                _startupConsole.Add(line);
            }
        }
    }

    private InvocationConsoleLine[] DrainStartupConsole()
    {
        lock (_startupConsole)
        {
            var lines = _startupConsole.ToArray();
            _startupConsole.Clear();
            return lines;
        }
    }

    private static string NameOf(ProcessMessage message) => string.IsNullOrEmpty(message.Name) ? "Error" : PlainJson.Text(message.Name);

    private static string LevelOf(ProcessMessage message) =>
        message.Level is "info" or "warn" or "error" or "debug" ? message.Level : "log";
}
