using System.Security.Cryptography;
using System.Text.Json;
using ChatPlatform.Application.Functions;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Functions.Workers;

/// <summary>One call in a process.</summary>
internal sealed class RunningCall : IDisposable
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<FunctionOutcome?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();
    private readonly FunctionOptions _options;
    private readonly TimeProvider _clock;
    private readonly List<ConsoleLine> _console;
    private int _characters;
    private long _beginning;

    /// <param name="before">What was written before any call.</param>
    public RunningCall(FunctionCall call, IFunctionApi api, FunctionOptions options, TimeProvider clock, IEnumerable<ConsoleLine> before)
    {
        (Call, Api, _options, _clock, _console) = (call, api, options, clock, [.. before]);
        Over = _over.Token;
    }

    /// <summary>Drawn anew for each call, so that what one left running cannot speak for another.</summary>
    public string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public FunctionCall Call { get; }

    public IFunctionApi Api { get; }

    public Task Begun => _begun.Task;

    public bool HasBegun => _begun.Task.IsCompleted;

    /// <summary>Null when the process ended before the call had begun, so that it can begin in another.</summary>
    public Task<FunctionOutcome?> Ended => _ended.Task;

    /// <summary>Cancelled with the call's end.</summary>
    public CancellationToken Over { get; }

    public void Begin()
    {
        if (!HasBegun)
        {
            _beginning = _clock.GetTimestamp();
            _begun.TrySetResult();
        }
    }

    /// <summary>The process cuts by itself; this is for one that does not.</summary>
    public void Write(string level, string text)
    {
        lock (_console)
        {
            _characters += text.Length;
            if (_console.Count <= _options.ConsoleLines && _characters <= _options.ConsoleCharacters * 2)
            {
                _console.Add(new ConsoleLine(_clock.UtcNow(), level, text));
            }
        }
    }

    public void Succeed(JsonElement result) => End(result, error: null);

    public void Fail(FunctionError error) => End(default, error);

    /// <summary>The process is gone.</summary>
    public void Lose(WorkerEnd end)
    {
        if (HasBegun)
        {
            Fail(end.ToError());
        }
        else
        {
            _ended.TrySetResult(null);
        }
    }

    public void Dispose()
    {
        _over.Cancel();
        _over.Dispose();
    }

    private void End(JsonElement result, FunctionError? error)
    {
        lock (_console)
        {
            var duration = HasBegun ? _clock.GetElapsedTime(_beginning) : TimeSpan.Zero;
            _ended.TrySetResult(new FunctionOutcome(result, error, [.. _console], duration));
        }
    }
}
