using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Removes a message with all replies below it (platform contract, ruling 12).</summary>
/// <param name="Version">Only if the message still has it; null for any.</param>
/// <returns>The thread of its replies, as it was.</returns>
public sealed record DeleteMessage(long Id, uint? Version = null) : IRequest<Result<ThreadView>>;

internal sealed class DeleteMessageHandler(IChatDbContext db, IErasure erasure) : IRequestHandler<DeleteMessage, Result<ThreadView>>
{
    public async Task<Result<ThreadView>> Handle(DeleteMessage request, CancellationToken cancellationToken)
    {
        var found = await db.Messages.Where(message => message.Id == request.Id)
            .Select(message => new { Thread = ThreadView.OfReplies(message), message.Version })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return MessageErrors.NotFound;
        }

        if (!Preconditions.Hold(request.Version, found.Version))
        {
            return CommonErrors.Changed;
        }

        return await erasure.RemoveMessagesAsync(new MessageScope(MessageId: request.Id), limit: 1, cancellationToken) > 0
            ? found.Thread
            : MessageErrors.NotFound;
    }
}
