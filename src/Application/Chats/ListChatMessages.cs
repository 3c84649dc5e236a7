using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>Lists the messages of a chat, newest first, including deleted ones. Empty before the chat is provisioned.</summary>
public sealed record ListChatMessages(Guid ChatId, CursorRequest Page) : IRequest<Result<CursorPage<ChatMessageView>>>;

internal sealed class ListChatMessagesValidator : AbstractValidator<ListChatMessages>
{
    public ListChatMessagesValidator() => RuleFor(r => r.Page).CursorPage();
}

internal sealed class ListChatMessagesHandler(IChatDbContext db, ChatMessageQueries queries)
    : IRequestHandler<ListChatMessages, Result<CursorPage<ChatMessageView>>>
{
    public async Task<Result<CursorPage<ChatMessageView>>> Handle(ListChatMessages request, CancellationToken cancellationToken)
    {
        var chat = await db.Chats.AsNoTracking().FirstOrDefaultAsync(c => c.Id == request.ChatId, cancellationToken);
        if (chat is null)
        {
            return ChatErrors.NotFound;
        }

        var page = await queries.RowsOf(chat).ToCursorPageAsync(db, request.Page, rows => rows, cancellationToken);
        return await queries.CompleteAsync(chat, page, cancellationToken);
    }
}
