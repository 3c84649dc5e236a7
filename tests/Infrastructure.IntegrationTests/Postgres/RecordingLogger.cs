using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.IntegrationTests.Postgres;

internal sealed class RecordingLogger : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Message, Exception? Exception)> _entries = new();
    private readonly TaskCompletionSource<string> _critical = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the first critical message.</summary>
    public Task<string> Critical => _critical.Task;

    public IEnumerable<string> Warnings => from entry in _entries where entry.Level == LogLevel.Warning select entry.Message;

    public IEnumerable<string> Errors => from entry in _entries where entry.Level == LogLevel.Error select entry.Message;

    public IEnumerable<Exception> Exceptions => _entries.Select(entry => entry.Exception).OfType<Exception>();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var message = formatter(state, exception);
        _entries.Enqueue((logLevel, message, exception));
        if (logLevel == LogLevel.Critical)
        {
            _critical.TrySetResult(message);
        }
    }
}
