using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Chats;

/// <summary>What a service tells about a person.</summary>
public sealed record UserProperties(string? Firstname, string? Lastname, string? Username);

/// <summary>A person in a chat, however often they came and went. At most one participation is open at a time.</summary>
public sealed class Participant : ITenantOwned
{
    private readonly List<Participation> _participations = [];

    private Participant() { }

    public long ApplicationId { get; private set; }

    public Guid Id { get; private set; }

    public Guid ChatId { get; private set; }

    /// <summary>The user of this server behind the person, if there is one.</summary>
    public long? UserId { get; private set; }

    public string? Firstname { get; private set; }

    public string? Lastname { get; private set; }

    public string? Username { get; private set; }

    public IReadOnlyList<Participation> Participations => _participations;

    internal static Participant Create(Chat chat, UserProperties user, long? userId) => new()
    {
        ApplicationId = chat.ApplicationId,
        Id = Guid.NewGuid(),
        ChatId = chat.Id,
        UserId = userId,
        Firstname = user.Firstname,
        Lastname = user.Lastname,
        Username = user.Username,
    };

    internal Result<Done> Join(Guid? invitedBy, DateTime now)
    {
        if (_participations.Exists(p => p.IsActive))
        {
            return ChatErrors.AlreadyParticipates;
        }

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
}

/// <summary>One stay of a participant in a chat.</summary>
public sealed class Participation : ITenantOwned
{
    private Participation() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public Guid ParticipantId { get; private set; }

    public DateTime JoinedAt { get; private set; }

    public DateTime? LeftAt { get; private set; }

    /// <summary>The participant who invited them.</summary>
    public Guid? InvitedBy { get; private set; }

    public bool IsActive => LeftAt is null;

    internal static Participation Open(Participant participant, Guid? invitedBy, DateTime now) => new()
    {
        ApplicationId = participant.ApplicationId,
        ParticipantId = participant.Id,
        InvitedBy = invitedBy,
        JoinedAt = now,
    };

    internal void Close(DateTime now) => LeftAt ??= now;
}
