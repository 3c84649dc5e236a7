using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Chats;

public static class ChatErrors
{
    public static readonly Error NotFound = new NotFoundError("chat.not_found", "There is no such chat.");

    public static readonly Error ParticipantNotFound =
        new NotFoundError("chat.participant_not_found", "The chat has no such active participant.");

    public static readonly Error Closed = new ConflictError("chat.closed", "The chat is closed.");

    public static readonly Error NotRegistered = new ConflictError("chat.not_registered", "The chat was already created.");

    public static readonly Error NotProvisioned =
        new ConflictError("chat.not_made_yet", "The chat has not been created on its service yet.");

    public static readonly Error ExternalIdTaken =
        new ConflictError("chat.external_id_taken", "This conversation is already linked to another chat.");

    public static readonly Error Changed =
        new PreconditionError("chat.changed", "The chat was modified; fetch it again.");

    public static readonly Error AlreadyParticipates = new ConflictError("chat.already_participates", "The user is already a participant.");

    public static readonly Error CannotAddParticipants = new ConflictError(
        "chat.service_admits_nobody", "The chat's service does not allow adding participants; send them the invitation link.");

    public static readonly Error NoInvitation = new ConflictError("chat.no_invitation", "The chat has no valid invitation link.");

    public static readonly Error InvitationNotFound = new NotFoundError("invitation.not_found", "There is no such invitation.");

    public static readonly Error InvitationRevoked = new ConflictError("invitation.revoked", "The invitation was revoked.");

    public static readonly Error InvitationExpired = new ConflictError("invitation.expired", "The invitation has expired.");

    public static readonly Error InvitationUsedUp =
        new ConflictError("invitation.used_up", "The invitation has reached its maximum number of uses.");

    public static Error MergedInto(Guid chatId) => new ConflictError(
        "chat.merged", $"The conversation became one with that of the chat '{chatId}', which goes on.");

    public static Error UnknownWriter(Guid participantId) => new ValidationError(
        "chat.unknown_writer", "writtenBy", $"The chat has no active participant '{participantId}'.");

    public static Error UnknownService(string service, IEnumerable<string> configured) => new ValidationError(
        "chat.unknown_service", "service", $"There is no service '{service}'. Configured: {string.Join(", ", configured)}.");

    public static Error UnknownInviter(Guid participantId) => new ValidationError(
        "chat.unknown_inviter", "invitedBy", $"The chat has no participant '{participantId}'.");
}
