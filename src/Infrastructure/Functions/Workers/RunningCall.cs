using System.Security.Cryptography;
using System.Text.Json;
using ChatPlatform.Application.Functions;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Functions.Workers;

/// <summary>One call in a process.</summary>
/// <param name="before">What was written before any call.</param>
internal sealed class RunningCall(
    FunctionCall call, IFunctionApi api, FunctionOptions options, TimeProvider clock, IEnumerable<ConsoleLine> before) : IDisposable
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<FunctionOutcome?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();
    private readonly List<ConsoleLine> _console = [.. before];
    private int _characters;
    private long _beginning;

    /// <summary>Drawn anew for each call, so that what one left running cannot speak for another.</summary>
    public string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public FunctionCall Call => call;

    public IFunctionApi Api => api;

    public Task Begun => _begun.Task;

    public bool HasBegun => _begun.Task.IsCompleted;

    /// <summary>Null when the process ended before the call had begun, so that it can begin in another.</summary>
    public Task<FunctionOutcome?> Ended => _ended.Task;

    public CancellationToken Over => _over.Token;

    public void Begin()
    {
        if (!HasBegun)
        {
            _beginning = clock.GetTimestamp();
            _begun.TrySetResult();
        }
    }

    /// <summary>The process cuts by itself; this is for one that does not.</summary>
    public void Write(string level, string text)
    {
        lock (_console)
        {
            _characters += text.Length;
            if (_console.Count <= options.ConsoleLines && _characters <= options.ConsoleCharacters * 2)
            {
                _console.Add(new ConsoleLine(clock.UtcNow(), level, text));
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
            var duration = HasBegun ? clock.GetElapsedTime(_beginning) : TimeSpan.Zero;
            _ended.TrySetResult(new FunctionOutcome(result, error, [.. _console], duration));
        }
    }
}
