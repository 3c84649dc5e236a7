using System.Collections.Concurrent;
using System.Diagnostics;
using ChatPlatform.Application.Functions;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Functions.Egress;
using ChatPlatform.Infrastructure.Functions.Node;

namespace ChatPlatform.Infrastructure.Functions.Workers;

/// <summary>The process of one application, and the calls in it.</summary>
internal sealed class Worker : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, RunningCall> _calls = new();
    private readonly ConcurrentDictionary<string, byte> _dropped = new();
    private readonly List<ConsoleLine> _beforeCalls = [];
    private readonly TaskCompletionSource<FunctionError?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FunctionOptions _options;
    private readonly TimeProvider _clock;
    private readonly WorkerProcess _process;
    private readonly WorkerOperations _operations;
    private readonly WorkerScripts _scripts;
    private bool _retired;
    private long _idleSince;

    private Worker(
        FunctionEnvironment environment, Confinement confinement, Process process, EgressProxy egress, FunctionOptions options,
        TimeProvider clock)
    {
        (Environment, _options, _clock) = (environment, options, clock);
        _process = new WorkerProcess(process);
        _operations = new WorkerOperations(_process, egress, options);
        _scripts = new WorkerScripts(confinement.PlaceOf(environment.DependenciesFolder));
    }

    public FunctionEnvironment Environment { get; }

    /// <summary>Completes with the process's end, when all its calls know of it.</summary>
    public Task<WorkerEnd> Ended { get; private set; } = null!;

    public bool TakesCalls => !_retired && _process.End is null;

    /// <summary>Whether it still needs its place among the processes.</summary>
    public bool IsAlive => _process.End is null;

    public int Id => _process.Id;

    /// <summary>How long it has had no calls; null while it has some, and before it takes any.</summary>
    public TimeSpan? Idle => _calls.IsEmpty && _ready.Task.IsCompleted ? _clock.GetElapsedTime(Interlocked.Read(ref _idleSince)) : null;

    /// <summary>Starts a process and has it run the initialization script.</summary>
    /// <returns>The process, and why it cannot be used; then it ends.</returns>
    public static async Task<(Worker Worker, FunctionError? Error)> StartAsync(
        FunctionEnvironment environment, Confinement confinement, EgressProxy egress, FunctionOptions options, TimeProvider clock)
    {
        var start = confinement.StartScript(environment.ApplicationId, environment.DependenciesFolder, "worker.mjs");
        var worker = new Worker(environment, confinement, await ProcessStarter.StartAsync(start), egress, options, clock);
        worker.Ended = worker.FollowAsync();
        var limit = new WorkerEnd(
            FunctionErrorKind.TimedOut,
            $"The process was not ready within {options.StartTime.TotalSeconds} s, its initialization script included.");
        worker._process.Send(worker._scripts.Start(environment, options));
        _ = worker.WatchAsync();
        var ended = await Task.WhenAny(worker._ready.Task, Task.Delay(options.StartTime, clock)) != worker._ready.Task;
        if (ended)
        {
            worker.Kill(limit);
        }

        return (worker, ended ? limit.ToError() : await worker._ready.Task);
    }

    /// <returns>Null when the process ended before the call had begun in it.</returns>
    public async Task<FunctionOutcome?> RunAsync(FunctionCall call, IFunctionApi api, CancellationToken ct)
    {
        using var running = new RunningCall(call, api, _options, _clock, TakeBeforeCalls());
        _calls[running.Id] = running;
        _process.MarkProcessor();
        try
        {
            if (_process.End is not null)
            {
                return null;
            }

            foreach (var message in _scripts.Call(running))
            {
                _process.Send(message);
            }

            return await WithinAsync(running, ct);
        }
        catch (OperationCanceledException)
        {
            _retired = true;
            throw;
        }
        finally
        {
            _calls.TryRemove(running.Id, out _);
            _process.MarkProcessor();
            Interlocked.Exchange(ref _idleSince, _clock.GetTimestamp());
            if (_retired || _scripts.AreMany)
            {
                Retire();
            }
        }
    }

    /// <summary>Takes no more calls, and ends with the last that it has.</summary>
    public void Retire()
    {
        _retired = true;
        if (_calls.IsEmpty)
        {
            Kill(WorkerEnd.NotNeeded);
        }
    }

    public void Kill(WorkerEnd end) => _process.Kill(end);

    public void Dispose() => Kill(WorkerEnd.NotNeeded);

    /// <summary>
    /// The time to begin is bounded like the call's own: what blocks the process then is another call, or what one left behind.
    /// </summary>
    private async Task<FunctionOutcome?> WithinAsync(RunningCall running, CancellationToken ct)
    {
        var limit = running.Call.Limit;
        if (!await CompletesAsync(Task.WhenAny(running.Begun, running.Ended), limit, ct))
        {
            Kill(new WorkerEnd(
                FunctionErrorKind.TimedOut, $"A call kept the application's process busy for longer than {limit.TotalSeconds} s."));
        }
        else if (!await CompletesAsync(running.Ended, limit, ct))
        {
            var late = new WorkerEnd(FunctionErrorKind.TimedOut, $"The call took longer than {limit.TotalSeconds} s.");
            running.Fail(late.ToError());
            await DropAsync(running, new WorkerEnd(
                FunctionErrorKind.LimitExceeded,
                "Another call of the application overran its time, and had to be ended with their process."));
        }

        return await running.Ended;
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

    /// <summary>A process that still answers ends when its other calls have; one that does not is ended at once.</summary>
    private async Task DropAsync(RunningCall running, WorkerEnd end)
    {
        _dropped[running.Id] = 0;
        _process.Send(new { type = "drop", id = running.Id });
        _retired = true;
        var waited = _clock.GetTimestamp();
        while (_dropped.ContainsKey(running.Id) && _process.End is null)
        {
            if (_clock.GetElapsedTime(waited) > Grace)
            {
                Kill(end);
                return;
            }

            await Task.Delay(5);
        }
    }

    private async Task<WorkerEnd> FollowAsync()
    {
        var end = await _process.FollowAsync(Receive);
        _ready.TrySetResult(end.ToError());
        foreach (var call in _calls.Values)
        {
            call.Lose(end);
        }

        _operations.Dispose();
        return end;
    }

    private void Receive(WorkerMessage message)
    {
        if (message.Type == "ready")
        {
            Interlocked.Exchange(ref _idleSince, _clock.GetTimestamp());
            _ready.TrySetResult(message.Message is null ? null : new FunctionError(
                FunctionErrorKind.NotLoadable, Named(message), $"The initialization script failed: {_scripts.Readable(message.Message)}",
                _scripts.ReadableStack(message.Stack)));
        }
        else if (message.Type == "dropped")
        {
            _dropped.TryRemove(message.Id ?? string.Empty, out _);
        }
        else if (message.Type == "log" && string.IsNullOrEmpty(message.Id))
        {
            WriteBeforeCalls(new ConsoleLine(_clock.UtcNow(), LevelOf(message), _scripts.Readable(message.Text)));
        }
        else if (_calls.TryGetValue(message.Id ?? string.Empty, out var call))
        {
            Receive(message, call);
        }
    }

    private void Receive(WorkerMessage message, RunningCall call)
    {
        switch (message.Type)
        {
            case "begun":
                call.Begin();
                break;
            case "log":
                call.Write(LevelOf(message), _scripts.Readable(message.Text));
                break;
            case "ask" or "fetch":
                _operations.Answer(message, call);
                break;
            case "flood":
                Kill(new WorkerEnd(
                    FunctionErrorKind.LimitExceeded, $"The call wrote more than {_options.FloodCharacters} characters to its console."));
                break;
            case "done" when message.Kind is null:
                End(call, message.Json);
                break;
            case "done":
                var kind = Enum.TryParse<FunctionErrorKind>(message.Kind, out var given) ? given : FunctionErrorKind.Thrown;
                call.Fail(
                    new FunctionError(kind, Named(message), _scripts.Readable(message.Message), _scripts.ReadableStack(message.Stack)));
                break;
        }
    }

    private static void End(RunningCall call, string? json)
    {
        if (json is null)
        {
            call.Succeed(default);
        }
        else if (PlainJson.Parse(json) is { } result)
        {
            call.Succeed(result);
        }
        else
        {
            call.Fail(new FunctionError(FunctionErrorKind.Thrown, "TypeError", "The result is nested deeper than 64 levels.", Stack: null));
        }
    }

    private async Task WatchAsync()
    {
        while (_process.End is null)
        {
            await Task.Delay(_calls.IsEmpty && _ready.Task.IsCompleted ? TimeSpan.FromMilliseconds(500) : TimeSpan.FromMilliseconds(40));
            if (_process.Exceeds(_options) is { } end)
            {
                Kill(end);
            }
            else if (Idle > _options.IdleTime)
            {
                Retire();
            }
        }
    }

    private void WriteBeforeCalls(ConsoleLine line)
    {
        lock (_beforeCalls)
        {
            if (_beforeCalls.Count < _options.ConsoleLines)
            {
                _beforeCalls.Add(line);
            }
        }
    }

    private ConsoleLine[] TakeBeforeCalls()
    {
        lock (_beforeCalls)
        {
            var taken = _beforeCalls.ToArray();
            _beforeCalls.Clear();
            return taken;
        }
    }

    private static string Named(WorkerMessage message) => string.IsNullOrEmpty(message.Name) ? "Error" : PlainJson.Text(message.Name);

    private static string LevelOf(WorkerMessage message) => message.Level is "info" or "warn" or "error" or "debug" ? message.Level : "log";
}
