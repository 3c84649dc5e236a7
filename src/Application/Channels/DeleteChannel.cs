using System.Text.Json;
using ChatPlatform.Application.Applications;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Domain.Users;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>
/// Deletes a channel with its messages, threads and memberships. It disappears at once; a job deletes its messages if there are many
/// (docs/contracts/platform.md#deletions).
/// </summary>
/// <param name="Versions">The accepted versions of the channel; null for any.</param>
/// <param name="By">
/// Null for the application. A user can delete their own PUBLIC channels; others require <see cref="Permission.DeleteChannels"/>.
/// </param>
public sealed record DeleteChannel(long Id, IReadOnlyCollection<uint>? Versions = null, ActingUser? By = null) : IRequest<Result<Done>>;

internal sealed class DeleteChannelHandler(
    IChatDbContext db, IErasure erasure, IJobSignal signal, ICurrentApplication application, TimeProvider clock)
    : IRequestHandler<DeleteChannel, Result<Done>>
{
    public async Task<Result<Done>> Handle(DeleteChannel request, CancellationToken cancellationToken)
    {
        var channel = await db.Channels.FirstOrDefaultAsync(channel => channel.Id == request.Id, cancellationToken);
        if (channel is null || (request.By is not null && channel.Type is not ChannelType.Public))
        {
            return ChannelErrors.NotFound;
        }

        if (request.By is { } user && channel.CreatorId != user.Id
            && !await db.HoldsAsync(Permission.DeleteChannels, user.Roles, cancellationToken))
        {
            return ApplicationErrors.Forbidden;
        }

        if (!Preconditions.Hold(request.Versions, channel.Version))
        {
            return CommonErrors.Changed;
        }

        var now = clock.UtcNow();
        var scope = new MessageScope(ChannelId: channel.Id);
        var inBackground = await db.Messages.Where(message => message.ChannelId == channel.Id)
            .OrderBy(message => message.CreatedTime).Skip(MessageScope.SynchronousLimit).AnyAsync(cancellationToken);
        await db.InTransactionAsync(
            async () =>
            {
                channel.Delete(now);
                if (inBackground)
                {
                    var arguments = JsonSerializer.Serialize(new ErasureArguments(ChannelId: channel.Id));
                    db.Jobs.Add(Job.Create(application.Id, JobType.Erasure, now, arguments));
                }

                await db.SaveChangesAsync(cancellationToken);
                await erasure.EmptyChannelAsync(channel.Id, cancellationToken);
                if (!inBackground)
                {
                    await erasure.RemoveMessagesAsync(scope, int.MaxValue, cancellationToken);
                    await erasure.RemoveChannelAsync(channel.Id, cancellationToken);
                }

                return Done.Success;
            },
            cancellationToken);
        signal.Wake();
        return Done.Success;
    }
}
