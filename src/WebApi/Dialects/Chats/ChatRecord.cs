using ChatPlatform.Application.Chats;

namespace ChatPlatform.WebApi.Dialects.Chats;

/// <param name="Id">UUID, version 4.</param>
/// <param name="IsActive">False before its service has created it and after it is closed.</param>
/// <param name="ChannelId">The channel of its members and messages; absent before the chat is created.</param>
/// <param name="Title">All titles, oldest first.</param>
/// <param name="LastError">The last failure of its service. After a later success: the newest call that was given up, or absent.</param>
/// <param name="Participants">By the time of the first join.</param>
public sealed record ChatRecord(
    Guid Id,
    bool IsActive,
    string Service,
    long? ChannelId,
    Instant RegisteredAt,
    string? CreatedBy,
    IReadOnlyList<TitleRecord> Title,
    string? Description,
    string? LastError,
    IReadOnlyList<ParticipantRecord> Participants)
{
    public static ChatRecord From(ChatView chat) => new(
        chat.Id,
        chat.IsActive,
        chat.Service,
        chat.ChannelId,
        new Instant(chat.RegisteredAt),
        chat.CreatedBy,
        [.. chat.Titles.Select(title => new TitleRecord(title.Value, "text/plain", new Instant(title.CapturedAt)))],
        chat.Description,
        chat.LastError,
        [.. chat.Participants.Select(ParticipantRecord.From)]);
}

public sealed record TitleRecord(string Value, string ContentType, Instant CapturedAt);

public sealed record ParticipantRecord(Guid Id, UserPropertiesRecord UserProperties, IReadOnlyList<ParticipationRecord> Participations)
{
    public static ParticipantRecord From(ParticipantView participant) => new(
        participant.Id,
        new UserPropertiesRecord(participant.Firstname, participant.Lastname, participant.Username),
        [.. participant.Participations.Select(ParticipationRecord.From)]);
}

public sealed record UserPropertiesRecord(string? Firstname, string? Lastname, string? Username);

/// <param name="InvitedBy">The id of a participant.</param>
public sealed record ParticipationRecord(bool IsActive, Instant JoinedAt, Instant? LeftAt, Guid? InvitedBy)
{
    public static ParticipationRecord From(ParticipationView view) => new(
        view.LeftAt is null, new Instant(view.JoinedAt), view.LeftAt is { } left ? new Instant(left) : null, view.InvitedBy);
}

public sealed record IdRecord(Guid Id);

/// <param name="Invitation">An absolute link.</param>
public sealed record InvitationRecord(string Service, string Invitation);
