using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>Returns a message with all its versions, also after it was deleted.</summary>
public sealed record GetChatMessage(Guid ChatId, long MessageId) : IRequest<Result<ChatMessageView>>;

internal sealed class GetChatMessageHandler(IChatDbContext db, ChatMessageQueries queries)
    : IRequestHandler<GetChatMessage, Result<ChatMessageView>>
{
    public async Task<Result<ChatMessageView>> Handle(GetChatMessage request, CancellationToken cancellationToken)
    {
        var chat = await db.Chats.AsNoTracking().FirstOrDefaultAsync(c => c.Id == request.ChatId, cancellationToken);
        if (chat is null)
        {
            return ChatErrors.NotFound;
        }

        var rows = await queries.RowsOf(chat).Where(row => row.Id == request.MessageId).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return MessageErrors.NotFound;
        }

        var page = new CursorPage<ChatMessageQueries.Row>(rows, rows.Count, null, null, HasNewer: false);
        return (await queries.CompleteAsync(chat, page, cancellationToken)).Items[0];
    }
}
