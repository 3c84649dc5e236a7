using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Chats;

public sealed partial class Chat
{
    /// <summary>The current invitation. Without a valid one: a conflict that gives the reason.</summary>
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

        var valid = invitation.Check(now);
        return valid.IsSuccess ? invitation : valid.Error;
    }

    /// <summary>Replaces the invitation; the old link stops working.</summary>
    /// <param name="expiresAt">UTC, exclusive; null for no expiry.</param>
    /// <param name="maxUses">Null for unlimited.</param>
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

    /// <summary>Revokes the invitation and requests a new one from the service, in the background.</summary>
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

    public void RevokeInvitation(DateTime now)
    {
        if (_invitations.Find(i => i.RevokedAt is null) is { } current)
        {
            current.Revoke(now);
            Raise(new InvitationRevoked(this, current.Link));
        }
    }
}
