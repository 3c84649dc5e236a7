using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Sessions;

public static class SessionErrors
{
    public static readonly Error UserSessionNotFound =
        new NotFoundError("session.user_session_not_found", "There is no such user session.");

    public static readonly Error ChatSessionNotFound =
        new NotFoundError("session.chat_session_not_found", "There is no such chat session.");

    public static readonly Error Ended = new ConflictError("session.ended", "The user session has ended; start a new one.");

    public static readonly Error ChatEnded = new ConflictError("session.chat_ended", "The chat session has ended; start a new one.");

    public static readonly Error NotAMember =
        new ValidationError("session.not_a_member", "channelId", "Only members may start a chat session in the channel.");

    public static readonly Error GuestsDisabled =
        new ValidationError("session.guests_disabled", "user", "There is no such user, and the application does not allow guest users.");
}
