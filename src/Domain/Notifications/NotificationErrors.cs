using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Notifications;

public static class NotificationErrors
{
    public static readonly Error NotFound = new NotFoundError("notification.not_found", "There is no such notification.");
}
