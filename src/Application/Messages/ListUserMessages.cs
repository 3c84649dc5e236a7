using AutoMapper;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>The messages that a user sent, newest first; also those that were not passed on.</summary>
public sealed record ListUserMessages(long UserId, CursorRequest Page) : IRequest<Result<CursorPage<MessageView>>>;

internal sealed class ListUserMessagesValidator : AbstractValidator<ListUserMessages>
{
    public ListUserMessagesValidator() => RuleFor(r => r.Page).CursorPage();
}

internal sealed class ListUserMessagesHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListUserMessages, Result<CursorPage<MessageView>>>
{
    public async Task<Result<CursorPage<MessageView>>> Handle(ListUserMessages request, CancellationToken cancellationToken)
    {
        if (!await db.Users.Present().AnyAsync(user => user.Id == request.UserId, cancellationToken))
        {
            return UserErrors.NotFound;
        }

        return await db.Messages.Where(message => message.UserId == request.UserId)
            .ToPageAsync(request.Page, mapping, cancellationToken);
    }
}
