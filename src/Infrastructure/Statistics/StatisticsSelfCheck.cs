using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Recounts the statistics now and then, logs each slice that differs, and shows how many do as a metric.</summary>
public sealed class StatisticsSelfCheck : BackgroundService
{
    /// <summary>Slices that differed at the last check; not measured before the first.</summary>
    public const string Metric = "chatplatform.statistics.differences";

    private const int MostLogged = 100;

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
            description: "Statistics that a recount did not confirm.");
    }

    /// <summary>Checks once.</summary>
    /// <returns>How many slices differ.</returns>
    public async Task<long> CheckAsync(CancellationToken cancellationToken)
    {
        long found = 0;
        await foreach (var difference in _verifier.VerifyAsync(applicationId: null, cancellationToken))
        {
            if (++found <= MostLogged)
            {
                _log.LogError("Statistics differ from a recount: {Difference}", difference);
            }
        }

        _log.LogInformation("Statistics recounted; slices that differ: {Differences}", found);
        _differences = found;
        return found;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.SelfCheck <= TimeSpan.Zero)
        {
            return;
        }

        using var timer = new PeriodicTimer(_options.SelfCheck, _clock);
        while (await NextAsync(timer, stoppingToken))
        {
            try
            {
                await CheckAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
            {
                _log.LogWarning(failure, "The statistics could not be recounted; trying again in {Pause}", _options.SelfCheck);
            }
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
