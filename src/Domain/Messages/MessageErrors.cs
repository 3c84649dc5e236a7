using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Messages;

public static class MessageErrors
{
    public static readonly Error NotFound = new NotFoundError("message.not_found", "There is no such message.");

    public static readonly Error FileHasNoText =
        new ValidationError("message.file_has_no_text", "body", "A file message has no text to edit.");

    public static readonly Error NotAMember =
        new ValidationError("message.not_a_member", "user", "The user is not a member of the message's channel.");

    public static readonly Error ReactionNotFound =
        new NotFoundError("message.reaction_not_found", "The user has not reacted to the message with that emoji.");

    public static readonly Error UnknownEmoji =
        new ValidationError("message.unknown_emoji", "alias", "must be an alias of an emoji, such as thumbsup, or the emoji itself");

    public static readonly Error ThreadNotFound = new NotFoundError("thread.not_found", "There is no such thread.");
}
