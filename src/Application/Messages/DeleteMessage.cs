using ChatPlatform.Application.Applications;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Deletes a message with all replies below it (docs/contracts/platform.md#deletions).</summary>
/// <param name="Versions">The accepted versions of the message; null for any.</param>
/// <param name="ChannelId">The expected channel of the message; null for any.</param>
/// <param name="By">
/// Null for the application. A user can delete their own messages; others require <see cref="Permission.DeleteMessages"/>.
/// </param>
/// <returns>The thread of its replies before the deletion.</returns>
public sealed record DeleteMessage(long Id, IReadOnlyCollection<uint>? Versions = null, long? ChannelId = null, ActingUser? By = null)
    : IRequest<Result<ThreadView>>;

internal sealed class DeleteMessageHandler(IChatDbContext db, IErasure erasure) : IRequestHandler<DeleteMessage, Result<ThreadView>>
{
    public Task<Result<ThreadView>> Handle(DeleteMessage request, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => DeleteAsync(request, cancellationToken), cancellationToken);

    private async Task<Result<ThreadView>> DeleteAsync(DeleteMessage request, CancellationToken cancellationToken)
    {
        // A concurrent change comes before, and then the version differs, or finds nothing.
        await db.LockForDeletionAsync<Message>([request.Id], cancellationToken);
        var found = await db.Messages
            .Where(message => message.Id == request.Id && (request.ChannelId == null || message.ChannelId == request.ChannelId))
            .Select(message => new { Thread = ThreadView.OfReplies(message), message.Version, message.UserId })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return MessageErrors.NotFound;
        }

        if (request.By is { } user && found.UserId != user.Id
            && !await db.HoldsAsync(Permission.DeleteMessages, user.Roles, cancellationToken))
        {
            return ApplicationErrors.Forbidden;
        }

        if (!Preconditions.Hold(request.Versions, found.Version))
        {
            return CommonErrors.Changed;
        }

        return await erasure.RemoveMessagesAsync(new MessageScope(MessageId: request.Id), limit: 1, cancellationToken) > 0
            ? found.Thread
            : MessageErrors.NotFound;
    }
}
