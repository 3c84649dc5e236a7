using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Workers;

/// <summary>Runs a worker's turns. A failed turn is logged and followed by a pause, which grows with each further failure.</summary>
/// <param name="failure">What the log says about a failed turn.</param>
internal sealed class WorkerRetries(string failure, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(10);

    private readonly FailureLog _failures = new(log, clock);
    private TimeSpan _pause = FirstPause;

    /// <summary>Never throws: an exception would stop the server. Returns at once when the server stops.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> turn, CancellationToken stoppingToken)
    {
        try
        {
            await turn(stoppingToken);
            _pause = FirstPause;
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The turn was interrupted; the next start repeats it.
        }
        catch (Exception exception)
        {
            _failures.Write(exception, failure);
            await Task.Delay(_pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _pause = _pause * 2 < MaxPause ? _pause * 2 : MaxPause;
        }
    }
}
