using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Lists the top-level messages of a MAIN or STANDALONE thread, or the direct replies to a message; newest first.</summary>
/// <param name="ThreadId">Id of a thread, or of a message to list its replies (docs/contracts/platform.md#threads-and-replies).</param>
public sealed record ListThreadMessages(long ThreadId, CursorRequest Page, MessageFilter Filter)
    : IRequest<Result<CursorPage<MessageView>>>;

internal sealed class ListThreadMessagesValidator : AbstractValidator<ListThreadMessages>
{
    public ListThreadMessagesValidator()
    {
        RuleFor(r => r.Page).CursorPage();
        RuleFor(r => r.Filter).SetValidator(new MessageFilterValidator()).OverridePropertyName("");
    }
}

internal sealed class ListThreadMessagesHandler(IChatDbContext db, MessageQueries queries)
    : IRequestHandler<ListThreadMessages, Result<CursorPage<MessageView>>>
{
    public async Task<Result<CursorPage<MessageView>>> Handle(ListThreadMessages request, CancellationToken cancellationToken)
    {
        if (await db.Threads.AnyAsync(thread => thread.Id == request.ThreadId, cancellationToken))
        {
            var top = db.Messages.Where(message => message.ThreadId == request.ThreadId && message.ParentId == null);
            return await queries.PageAsync(top.ApplyFilter(request.Filter, db), request.Page, cancellationToken);
        }

        var directReplies = db.Messages.Where(message => message.ParentId == request.ThreadId);
        var replies = await queries.PageAsync(directReplies.ApplyFilter(request.Filter, db), request.Page, cancellationToken);
        return replies.Items.Count > 0 || await db.Messages.AnyAsync(message => message.Id == request.ThreadId, cancellationToken)
            ? replies
            : MessageErrors.ThreadNotFound;
    }
}
