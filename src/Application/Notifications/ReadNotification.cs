using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Notifications;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Notifications;

/// <summary>Marks a notification as read. A later call keeps the first time.</summary>
public sealed record ReadNotification(long Id) : IRequest<Result<NotificationView>>;

internal sealed class ReadNotificationHandler(IChatDbContext db, NotificationQueries queries, TimeProvider clock)
    : IRequestHandler<ReadNotification, Result<NotificationView>>
{
    public Task<Result<NotificationView>> Handle(ReadNotification request, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => ReadAsync(request, cancellationToken), cancellationToken);

    private async Task<Result<NotificationView>> ReadAsync(ReadNotification request, CancellationToken cancellationToken)
    {
        await db.LockAsync<Notification>([request.Id], cancellationToken);
        var notification = await db.Notifications.FirstOrDefaultAsync(found => found.Id == request.Id, cancellationToken);
        if (notification is null)
        {
            return NotificationErrors.NotFound;
        }

        notification.Read(clock.UtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return await queries.GetAsync(notification.Id, cancellationToken) is { } read ? read : NotificationErrors.NotFound;
    }
}
