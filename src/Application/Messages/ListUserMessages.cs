using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Lists the messages that a user sent, broadcast or not, or the messages that the user has not read; newest first.</summary>
public sealed record ListUserMessages(long UserId, CursorRequest Page, MessageFilter Filter, bool Unread = false)
    : IRequest<Result<CursorPage<MessageView>>>;

internal sealed class ListUserMessagesValidator : AbstractValidator<ListUserMessages>
{
    public ListUserMessagesValidator()
    {
        RuleFor(r => r.Page).CursorPage();
        RuleFor(r => r.Filter).SetValidator(new MessageFilterValidator()).OverridePropertyName("");
    }
}

internal sealed class ListUserMessagesHandler(IChatDbContext db, MessageQueries queries)
    : IRequestHandler<ListUserMessages, Result<CursorPage<MessageView>>>
{
    public async Task<Result<CursorPage<MessageView>>> Handle(ListUserMessages request, CancellationToken cancellationToken)
    {
        if (!await db.Users.NotDeleted().AnyAsync(user => user.Id == request.UserId, cancellationToken))
        {
            return UserErrors.NotFound;
        }

        var messages = request.Unread
            ? db.Unread(db.ChannelMembers.Where(member => member.UserId == request.UserId)).Select(unread => unread.Message)
            : db.Messages.Where(message => message.UserId == request.UserId);
        var filtered = messages.SentBy(request.Filter.Username, db).Matching(request.Filter.Search);
        return await queries.PageAsync(filtered, request.Page, cancellationToken);
    }
}
