using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Channels;

/// <content>Moderators, the blacklist, invites, and who has read how far.</content>
public sealed partial class Channel
{
    /// <summary>Gives a member of a group the moderator's role, or takes it; having it already changes nothing.</summary>
    public Result<Done> SetModerator(ChannelMember member, bool isModerator)
    {
        if (Type is ChannelType.Direct)
        {
            return ChannelErrors.DirectHasNoModerators;
        }

        if (member.IsModerator != isModerator)
        {
            member.SetModerator(isModerator);
            Raise(new ModeratorChanged(this, member.UserId, isModerator));
        }

        return Done.Success;
    }

    /// <summary>From now on a member's notifications of this channel come muted, or no longer so.</summary>
    public void Mute(ChannelMember member, bool isMuted)
    {
        if (member.IsMuted != isMuted)
        {
            member.Mute(isMuted);
            Raise(new ChannelMuted(this, member.UserId, isMuted));
        }
    }

    /// <summary>From now on this user's messages are taken in and passed on to nobody.</summary>
    public BlacklistEntry AddToBlacklist(User user, DateTime now)
    {
        Raise(new BlacklistChanged(this, user.Id, IsListed: true));
        return BlacklistEntry.Create(this, user, now);
    }

    /// <summary>This user's messages are passed on again; those of before stay as they were.</summary>
    public void RemoveFromBlacklist(long userId) => Raise(new BlacklistChanged(this, userId, IsListed: false));

    /// <summary>Asks a user who is no member to join this group.</summary>
    public Result<ChannelInvite> Invite(User user, bool isMember, DateTime now)
    {
        if (Type is ChannelType.Direct)
        {
            return ChannelErrors.DirectIsClosed;
        }

        if (isMember)
        {
            return ChannelErrors.AlreadyAMember;
        }

        Raise(new InviteSent(this, user));
        return ChannelInvite.Create(this, user, now);
    }

    /// <summary>The invite is no longer open: the user joined by it, declined it, or it was taken back.</summary>
    public void EndInvite(ChannelInvite invite, InviteOutcome outcome) => Raise(new InviteEnded(this, invite.UserId, outcome));

    /// <summary>A member reads the channel up to its newest message.</summary>
    /// <returns>Null when there was nothing left to read.</returns>
    public ReadMark? Read(ChannelMember member, Message newest, DateTime now)
    {
        var mark = member.Read(newest, now);
        if (mark is not null)
        {
            Raise(new ChannelWasRead(this, member.UserId));
        }

        return mark;
    }
}
