using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Chats;

/// <content>How one is invited.</content>
public sealed partial class Chat
{
    /// <summary>The link by which one joins now; without one that still works: a conflict that says why.</summary>
    public Result<ChatInvitation> GetInvitation(DateTime now)
    {
        if (State is ChatState.Closed)
        {
            return ChatErrors.Closed;
        }

        if (State is ChatState.Registered || _invitations.Find(i => i.RevokedAt is null) is not { } invitation)
        {
            return ChatErrors.NoInvitation;
        }

        var usable = invitation.Check(now);
        return usable.IsSuccess ? invitation : usable.Error;
    }

    /// <summary>Replaces the link by another; who holds the old one can no longer join by it.</summary>
    /// <param name="expiresAt">UTC, exclusive; null never.</param>
    /// <param name="maxUses">How many may join by it; null for any number.</param>
    public Result<Done> ReplaceInvitation(string link, DateTime? expiresAt, int? maxUses, DateTime now)
    {
        if (EnsureActive() is { } error)
        {
            return error;
        }

        RevokeInvitation(now);
        _invitations.Add(ChatInvitation.Create(this, link, expiresAt, maxUses, now));
        return Done.Success;
    }

    /// <summary>Takes the link back and has the service make another, which it does in the background.</summary>
    /// <inheritdoc cref="ReplaceInvitation"/>
    public Result<Done> RequestInvitation(DateTime? expiresAt, int? maxUses, DateTime now)
    {
        if (EnsureActive() is { } error)
        {
            return error;
        }

        RevokeInvitation(now);
        Raise(new InvitationRequested(this, expiresAt, maxUses));
        return Done.Success;
    }

    /// <summary>Takes the link back, if there is one.</summary>
    public void RevokeInvitation(DateTime now)
    {
        if (_invitations.Find(i => i.RevokedAt is null) is { } current)
        {
            current.Revoke(now);
            Raise(new InvitationRevoked(this, current.Link));
        }
    }
}
