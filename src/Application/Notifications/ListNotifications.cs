using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Notifications;

/// <summary>Lists the notifications of a user, newest first.</summary>
public sealed record ListNotifications(long UserId, CursorRequest Page) : IRequest<Result<CursorPage<NotificationView>>>;

internal sealed class ListNotificationsValidator : AbstractValidator<ListNotifications>
{
    public ListNotificationsValidator() => RuleFor(r => r.Page).CursorPage();
}

internal sealed class ListNotificationsHandler(IChatDbContext db, NotificationQueries queries)
    : IRequestHandler<ListNotifications, Result<CursorPage<NotificationView>>>
{
    public async Task<Result<CursorPage<NotificationView>>> Handle(ListNotifications request, CancellationToken cancellationToken)
    {
        if (!await db.Users.NotDeleted().AnyAsync(user => user.Id == request.UserId, cancellationToken))
        {
            return UserErrors.NotFound;
        }

        var notifications = db.Notifications.Where(notification => notification.UserId == request.UserId);
        return await queries.PageAsync(notifications, request.Page, cancellationToken);
    }
}
