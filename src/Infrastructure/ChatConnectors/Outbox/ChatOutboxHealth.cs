using ChatPlatform.Domain.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace ChatPlatform.Infrastructure.ChatConnectors.Outbox;

/// <summary>Reports delays of the outbox. Never unhealthy: requests can be served while a chat service is down.</summary>
internal sealed class ChatOutboxHealth(ChatOutboxMetrics metrics, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan DegradedAfter = TimeSpan.FromMinutes(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var queues = await metrics.MeasureAsync(cancellationToken);
            var now = clock.UtcNow();
            var overdue = queues.Where(queue => queue.Oldest < now - DegradedAfter).ToList();
            var details = queues.Where(queue => queue.Pending + queue.InDoubt > 0)
                .Select(queue => $"{queue.Service}: {queue.Pending} waiting, {queue.InDoubt} in doubt");
            var description = string.Join("; ", details);
            return overdue.Count == 0
                ? HealthCheckResult.Healthy(description.Length == 0 ? null : description)
                : HealthCheckResult.Degraded(description);
        }
        catch (NpgsqlException)
        {
            return HealthCheckResult.Degraded("The outbox cannot be read.");
        }
    }
}
