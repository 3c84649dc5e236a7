using System.Diagnostics.Metrics;
using ChatPlatform.Infrastructure.Workers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Compares the statistics with a recount periodically; logs the differences and exports their number as a metric.</summary>
public sealed class StatisticsSelfCheck : BackgroundService
{
    /// <summary>Number of differences at the last check; no value before the first check.</summary>
    public const string Metric = "chatplatform.statistics.differences";

    private const int MaxLogged = 100;

    private readonly StatisticsVerifier _verifier;
    private readonly StatisticsOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<StatisticsSelfCheck> _log;
    private long? _differences;

    public StatisticsSelfCheck(
        StatisticsVerifier verifier,
        IOptions<StatisticsOptions> options,
        IMeterFactory meters,
        TimeProvider clock,
        ILogger<StatisticsSelfCheck> log)
    {
        (_verifier, _options, _clock, _log) = (verifier, options.Value, clock, log);
        meters.Create("ChatPlatform").CreateObservableGauge(
            Metric,
            () => _differences is { } differences ? [new Measurement<long>(differences)] : Array.Empty<Measurement<long>>(),
            description: "Figures that differ from a recount.");
    }

    /// <returns>The number of differences.</returns>
    public async Task<long> CheckAsync(CancellationToken cancellationToken)
    {
        long found = 0;
        await foreach (var difference in _verifier.VerifyAsync(applicationId: null, cancellationToken))
        {
            if (++found <= MaxLogged)
            {
                _log.LogError("Statistics differ from a recount: {Difference}", difference);
            }
        }

        _log.LogInformation("Recounted the statistics: {Differences} differences", found);
        _differences = found;
        return found;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.SelfCheck <= TimeSpan.Zero)
        {
            return;
        }

        var retries = new WorkerRetries("Recounting the statistics failed", _clock, _log);
        using var timer = new PeriodicTimer(_options.SelfCheck, _clock);
        while (await NextAsync(timer, stoppingToken))
        {
            await retries.RunAsync(CheckAsync, stoppingToken);
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
