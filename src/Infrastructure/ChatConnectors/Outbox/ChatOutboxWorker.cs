using ChatPlatform.Application.Chats;
using ChatPlatform.Infrastructure.Workers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.ChatConnectors.Outbox;

/// <summary>
/// Runs the outbox for all applications. Several servers can run it on one database. Stops if no external service is configured.
/// </summary>
internal sealed class ChatOutboxWorker(
    ChatOutboxFollower follower,
    ChatOutboxDispatcher dispatcher,
    ChatOutboxMetrics metrics,
    ChatOutboxCleanup cleanup,
    IEnumerable<IChatConnector> connectors,
    ILogger<ChatOutboxWorker> log) : BackgroundService
{
    /// <summary>Chats served at the same time, so that a slow call does not delay the others.</summary>
    private const int Concurrency = 4;

    private const int PassesPerMeasurement = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly WorkerRetries _retries = new("The chat outbox could not be processed", TimeProvider.System, log);
    private int _passes;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await follower.RegisterAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!connectors.OfType<IExternalChatConnector>().Any(connector => connector.IsConfigured))
        {
            return;
        }

        using var timer = new PeriodicTimer(Pause);
        do
        {
            await _retries.RunAsync(RunOnceAsync, stoppingToken);
        }
        while (await NextAsync(timer, stoppingToken));
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

    private async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        await follower.FollowAsync(stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => DrainAsync(stoppingToken)));
        if (_passes++ % PassesPerMeasurement == 0)
        {
            await metrics.MeasureAsync(stoppingToken);
        }

        await cleanup.CleanUpAsync(stoppingToken);
    }

    private async Task DrainAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested && await dispatcher.DispatchNextAsync(stoppingToken))
        {
        }
    }
}
