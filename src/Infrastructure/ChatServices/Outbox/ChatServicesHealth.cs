using ChatPlatform.Domain.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace ChatPlatform.Infrastructure.ChatServices.Outbox;

/// <summary>
/// Whether chat services are told what happens. They being down is no reason to send requests elsewhere: at worst degraded.
/// </summary>
internal sealed class ChatServicesHealth(ChatServiceMetrics metrics, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var queues = await metrics.MeasureAsync(cancellationToken);
            var now = clock.UtcNow();
            var late = queues.Where(queue => queue.Oldest < now - Patience).ToList();
            var said = queues.Where(queue => queue.Waiting + queue.Doubtful > 0)
                .Select(queue => $"{queue.Service}: {queue.Waiting} waiting, {queue.Doubtful} in doubt");
            var description = string.Join("; ", said);
            return late.Count == 0
                ? HealthCheckResult.Healthy(description.Length == 0 ? null : description)
                : HealthCheckResult.Degraded(description);
        }
        catch (NpgsqlException)
        {
            return HealthCheckResult.Degraded("The queues cannot be read.");
        }
    }
}
