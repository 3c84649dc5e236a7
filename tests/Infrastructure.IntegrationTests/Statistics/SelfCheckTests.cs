using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

public sealed class SelfCheckTests : DatabaseTest
{
    private readonly ErrorLog _log = new();

    [Test]
    public async Task Differences_are_found_on_schedule_logged_and_exported_as_a_metric()
    {
        await Services.GetRequiredService<StatisticsFold>().FoldAsync(CancellationToken.None);
        var check = Services.GetRequiredService<StatisticsSelfCheck>();
        using var listener = new MeterListener();
        var measured = new ConcurrentQueue<long>();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == StatisticsSelfCheck.Metric && instrument.Meter.Scope == Services.GetRequiredService<IMeterFactory>())
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, differences, _, _) => measured.Enqueue(differences));
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.That(measured, Is.Empty, "before the first check");

        await check.StartAsync(CancellationToken.None);
        await UntilMeasuredAsync(0);
        Assert.That(_log.Errors, Is.Empty);

        await RunAsync("UPDATE user_totals SET received = 9");
        await UntilMeasuredAsync(4); // users with messages
        await check.StopAsync(CancellationToken.None);
        Assert.That(_log.Errors.Distinct().Count(), Is.EqualTo(4), string.Join('\n', _log.Errors));
        Assert.That(_log.Errors, Has.All.Contain("sent by a user").And.All.Contain("stored 9"));

        Task UntilMeasuredAsync(long differences) => Wait.UntilAsync(
            () =>
            {
                listener.RecordObservableInstruments();
                return Task.FromResult(measured.LastOrDefault(-1) == differences);
            },
            $"{differences} differences");
    }

    protected override void ConfigureServices(IServiceCollection services)
    {
        services.AddLogging(logging => logging.AddProvider(_log));
        services.Configure<StatisticsOptions>(options => options.SelfCheck = TimeSpan.FromMilliseconds(50));
    }

    [OneTimeTearDown]
    public void CloseLog() => _log.Dispose();

    private async Task RunAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Errors { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Errors.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose() { }
    }
}
