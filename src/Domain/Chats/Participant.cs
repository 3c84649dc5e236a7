using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Chats;

public sealed record UserProperties(string? Firstname, string? Lastname, string? Username)
{
    public static UserProperties Of(User user) => new(user.DisplayName, null, user.Name);
}

/// <summary>A person in a chat; at most one participation is open. People of other services have a user of this server too.</summary>
public sealed class Participant : ITenantOwned
{
    private readonly List<Participation> _participations = [];

    private Participant() { }

    public long ApplicationId { get; private set; }

    public Guid Id { get; private set; }

    public Guid ChatId { get; private set; }

    public long UserId { get; private set; }

    public User User { get; private set; } = null!;

    public string? Firstname { get; private set; }

    public string? Lastname { get; private set; }

    public string? Username { get; private set; }

    /// <summary>Time of the service's newest report; earlier ones are late.</summary>
    public DateTime? ObservedAt { get; private set; }

    /// <summary>Orders the service's reports of the same time; null before the first report.</summary>
    public long? ObservedSequence { get; private set; }

    /// <summary>Oldest first; a change needs only the open one. Empty while only a leave was reported.</summary>
    public IReadOnlyList<Participation> Participations => _participations;

    public bool IsActive => _participations.Exists(p => p.LeftAt is null);

    internal static Participant Create(Chat chat, User user) => new()
    {
        ApplicationId = chat.ApplicationId,
        Id = Guid.NewGuid(),
        ChatId = chat.Id,
        UserId = user.Id,
        User = user,
    };

    /// <summary>Erases personal data; keeps the participations.</summary>
    public void Anonymize() => (Firstname, Lastname, Username) = (null, null, null);

    internal Result<Done> Join(UserProperties properties, Guid? invitedBy, DateTime now)
    {
        if (IsActive)
        {
            return ChatErrors.AlreadyParticipates;
        }

        (Firstname, Lastname, Username) = properties;
        _participations.Add(Participation.Open(this, invitedBy, now));
        return Done.Success;
    }

    internal Result<Done> Leave(DateTime now)
    {
        if (_participations.Find(p => p.IsActive) is not { } open)
        {
            return ChatErrors.ParticipantNotFound;
        }

        open.Close(now);
        return Done.Success;
    }

    /// <returns>Whether the participant became active.</returns>
    internal bool ObserveJoined(UserProperties properties, Guid? invitedBy, ServiceTime at)
    {
        if (!Observe(properties, at))
        {
            ObserveEarlier(invitedBy, at.At);
            return false;
        }

        if (_participations.Find(participation => participation.IsActive) is { } open)
        {
            open.RecordInviter(invitedBy);
            return false;
        }

        _participations.Add(Participation.Open(this, invitedBy, at.At));
        return true;
    }

    /// <summary>A late report: a known participation began earlier, or one is missing that ended with the reported leave.</summary>
    private void ObserveEarlier(Guid? invitedBy, DateTime at)
    {
        if (_participations.Exists(participation => participation.JoinedAt <= at && (participation.IsActive || participation.LeftAt >= at)))
        {
            return;
        }

        if (_participations.Where(participation => participation.JoinedAt > at).MinBy(participation => participation.JoinedAt) is { } next)
        {
            next.BeginEarlier(at, invitedBy);
        }
        else
        {
            _participations.Add(Participation.Past(this, invitedBy, at, ObservedAt!.Value));
        }
    }

    /// <returns>Whether the participant became inactive.</returns>
    internal bool ObserveLeft(UserProperties properties, ServiceTime at)
    {
        if (!Observe(properties, at) || _participations.Find(participation => participation.IsActive) is not { } open)
        {
            return false;
        }

        open.Close(at.At);
        return true;
    }

    /// <returns>False if the report is late.</returns>
    private bool Observe(UserProperties properties, ServiceTime at)
    {
        if (ObservedAt is { } observed && at < new ServiceTime(observed, ObservedSequence ?? 0))
        {
            return false;
        }

        (ObservedAt, ObservedSequence) = (at.At, at.Sequence);
        (Firstname, Lastname, Username) = properties;
        return true;
    }
}

public sealed class Participation : ITenantOwned
{
    private Participation() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public Guid ParticipantId { get; private set; }

    public DateTime JoinedAt { get; private set; }

    public DateTime? LeftAt { get; private set; }

    public Guid? InvitedBy { get; private set; }

    public bool IsActive => LeftAt is null;

    internal static Participation Open(Participant participant, Guid? invitedBy, DateTime now) => new()
    {
        ApplicationId = participant.ApplicationId,
        ParticipantId = participant.Id,
        InvitedBy = invitedBy,
        JoinedAt = now,
    };

    internal static Participation Past(Participant participant, Guid? invitedBy, DateTime joined, DateTime left)
    {
        var participation = Open(participant, invitedBy, joined);
        participation.Close(left);
        return participation;
    }

    internal void RecordInviter(Guid? invitedBy) => InvitedBy ??= invitedBy;

    internal void BeginEarlier(DateTime at, Guid? invitedBy)
    {
        JoinedAt = at;
        RecordInviter(invitedBy);
    }

    /// <summary>Clocks differ: a participant never leaves before joining.</summary>
    internal void Close(DateTime now) => LeftAt ??= now > JoinedAt ? now : JoinedAt;
}
