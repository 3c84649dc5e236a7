using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Chats;

/// <summary>
/// A person in a chat, however often they came and went. At most one participation is open at a time. Behind each stands a user of
/// this server, also behind people of other services.
/// </summary>
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

    /// <summary>Oldest first; a change needs only the open one, if any.</summary>
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

    /// <summary>Opens a stay; what is known of the person is taken down as it is now.</summary>
    internal Result<Done> Join(User user, Guid? invitedBy, DateTime now)
    {
        if (IsActive)
        {
            return ChatErrors.AlreadyParticipates;
        }

        Firstname = user.DisplayName;
        Username = user.Name;
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
