using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Messages;

public static class MessageErrors
{
    public static readonly Error NotFound = new NotFoundError("message.not_found", "There is no such message.");

    public static readonly Error FileHasNoText =
        new ValidationError("message.file_has_no_text", "body", "A message that is a file has no text to change.");

    public static readonly Error ThreadNotFound = new NotFoundError("thread.not_found", "There is no such thread.");
}
