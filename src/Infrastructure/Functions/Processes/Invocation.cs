using System.Security.Cryptography;
using System.Text.Json;
using ChatPlatform.Application.Functions;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;

namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <summary>One call in a process.</summary>
internal sealed class Invocation : IDisposable
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<FunctionOutcome?> _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancellation = new();
    private readonly FunctionOptions _options;
    private readonly TimeProvider _clock;
    private readonly List<InvocationConsoleLine> _console;
    private int _characters;
    private long _startTimestamp;

    /// <param name="startupConsole">Lines that were written before any call.</param>
    public Invocation(
        InvocationRequest request, IFunctionApi api, FunctionOptions options, TimeProvider clock,
        IEnumerable<InvocationConsoleLine> startupConsole)
    {
        (Request, Api, _options, _clock, _console) = (request, api, options, clock, [.. startupConsole]);
        Cancellation = _cancellation.Token;
    }

    /// <summary>Random, so that code left running by another call cannot guess it.</summary>
    public string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public InvocationRequest Request { get; }

    public IFunctionApi Api { get; }

    public Task Started => _started.Task;

    public bool HasStarted => _started.Task.IsCompleted;

    /// <summary>Null when the process ended before the call had begun, so that it can move to another.</summary>
    public Task<FunctionOutcome?> Completed => _completed.Task;

    /// <summary>Cancelled when the call ends.</summary>
    public CancellationToken Cancellation { get; }

    public void Start()
    {
        if (!HasStarted)
        {
            _startTimestamp = _clock.GetTimestamp();
            _started.TrySetResult();
        }
    }

    /// <summary>The process truncates its output; this bounds one whose scripts prevent that.</summary>
    public void Write(string level, string text)
    {
        lock (_console)
        {
            _characters += text.Length;
            if (_console.Count <= _options.ConsoleLines && _characters <= _options.ConsoleCharacters * 2)
            {
                _console.Add(new InvocationConsoleLine(_clock.UtcNow(), level, text));
            }
        }
    }

    public void Succeed(JsonElement result) => Complete(result, error: null);

    public void Fail(FunctionError error) => Complete(default, error);

    public void OnProcessExit(ExitReason reason)
    {
        if (HasStarted)
        {
            Fail(reason.ToError());
        }
        else
        {
            _completed.TrySetResult(null);
        }
    }

    public void Dispose()
    {
        _cancellation.Cancel();
        _cancellation.Dispose();
    }

    private void Complete(JsonElement result, FunctionError? error)
    {
        lock (_console)
        {
            var duration = HasStarted ? _clock.GetElapsedTime(_startTimestamp) : TimeSpan.Zero;
            _completed.TrySetResult(new FunctionOutcome(result, error, [.. _console], duration));
        }
    }
}
