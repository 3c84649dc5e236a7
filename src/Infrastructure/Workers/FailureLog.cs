using ChatPlatform.Infrastructure.Persistence;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Workers;

/// <summary>
/// Logs failures that may repeat many times a second, so that the log does not fill the disk: the first of a kind at once, the following
/// ones as a number once a minute. An unavailable database gets one line; a stack trace would not say more.
/// </summary>
public sealed class FailureLog(ILogger log, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Logged, int Omitted)> _kinds = [];

    public void Write(Exception failure, string what)
    {
        var unavailable = DatabaseFailure.IsUnavailable(failure);
        var cause = failure.GetBaseException();
        if (CountOmitted(unavailable ? nameof(DatabaseFailure) : cause.GetType().FullName!) is not { } omitted)
        {
            return;
        }

        var details = unavailable ? null : failure;
        var reason = cause.Message.Split('\n')[0];
        if (omitted == 0)
        {
            log.LogError(details, "{What}: {Reason}", what, reason);
        }
        else
        {
            log.LogError(details, "{What}: {Reason} ({Omitted} more failures were not logged)", what, reason, omitted);
        }
    }

    /// <summary>The number of failures since the last line of the kind; null if that line is too recent for another.</summary>
    private int? CountOmitted(string kind)
    {
        lock (_lock)
        {
            var isKnown = _kinds.TryGetValue(kind, out var last);
            if (isKnown && clock.GetElapsedTime(last.Logged) < Interval)
            {
                _kinds[kind] = last with { Omitted = last.Omitted + 1 };
                return null;
            }

            _kinds[kind] = (clock.GetTimestamp(), 0);
            return last.Omitted;
        }
    }
}
