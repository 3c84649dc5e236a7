using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Channels;

public sealed partial class Channel
{
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

    public void Mute(ChannelMember member, bool isMuted)
    {
        if (member.IsMuted != isMuted)
        {
            member.Mute(isMuted);
            Raise(new ChannelMuted(this, member.UserId, isMuted));
        }
    }

    /// <summary>Messages of the user are still received but no longer broadcast.</summary>
    public BlacklistEntry AddToBlacklist(User user, DateTime now)
    {
        Raise(new BlacklistChanged(this, user.Id, IsListed: true));
        return BlacklistEntry.Create(this, user, now);
    }

    /// <summary>Later messages are broadcast again; earlier ones stay as they are.</summary>
    public void RemoveFromBlacklist(long userId) => Raise(new BlacklistChanged(this, userId, IsListed: false));

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

    public void EndInvite(ChannelInvite invite, InviteOutcome outcome) => Raise(new InviteEnded(this, invite.UserId, outcome));

    /// <param name="snapshot">The messages that it shows are read.</param>
    public ReadMark Read(ChannelMember member, string snapshot, DateTime now)
    {
        Raise(new ChannelWasRead(this, member.UserId));
        return member.Read(snapshot, now);
    }
}
