using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Infrastructure.Erasure;

/// <summary>Deletes many messages, one transaction per batch; then the channel, if the job has one.</summary>
internal sealed class ErasureJob(IChatDbContext db, IErasure erasure) : IJobRunner
{
    private const int Batch = 5_000;

    public bool Handles(JobType type) => type is JobType.Erasure;

    public async Task<Result<Done>> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var arguments = JsonSerializer.Deserialize<ErasureArguments>(job.Arguments)!;
        var scope = new MessageScope(ChannelId: arguments.ChannelId, UserId: arguments.UserId, Snapshot: arguments.Snapshot);
        while (await StepAsync(job, scope, cancellationToken) > 0)
        {
        }

        if (arguments.ChannelId is { } channelId)
        {
            await erasure.RemoveChannelAsync(channelId, cancellationToken);
        }

        return Done.Success;
    }

    private Task<int> StepAsync(Job job, MessageScope scope, CancellationToken cancellationToken) => db.InTransactionAsync(
        async () =>
        {
            var removed = await erasure.RemoveMessagesAsync(scope, Batch, cancellationToken);
            if (removed > 0)
            {
                job.Advance(processed: removed, succeeded: removed, skipped: 0, failed: 0, bytesRead: 0);
                await db.SaveChangesAsync(cancellationToken);
            }

            return removed;
        },
        cancellationToken);
}
