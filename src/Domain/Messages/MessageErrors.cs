using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Messages;

public static class MessageErrors
{
    public static readonly Error NotFound = new NotFoundError("message.not_found", "There is no such message.");

    public static readonly Error ThreadNotFound = new NotFoundError("thread.not_found", "There is no such thread.");
}
