using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

internal static class MemberRemoval
{
    /// <summary>
    /// Ends a membership, the user's chat sessions in the channel, and an invite from before the membership: it must not let the user in
    /// again. Call it in a transaction and save.
    /// </summary>
    public static async Task<Result<Done>> RemoveMemberAsync(
        this IChatDbContext db, Channel channel, ChannelMember member, DateTime now, CancellationToken cancellationToken)
    {
        var left = channel.Leave(member);
        if (!left.IsSuccess)
        {
            return left;
        }

        await db.LockAsync<ChannelMember>([channel.Id, member.UserId], cancellationToken);
        db.ChannelMembers.Remove(member);
        db.ChannelInvites.RemoveRange(await db.ChannelInvites
            .Where(invite => invite.ChannelId == channel.Id && invite.UserId == member.UserId).ToListAsync(cancellationToken));
        var open = db.ChatSessions.Where(session =>
            session.ChannelId == channel.Id && session.UserId == member.UserId && session.EndTime == null);
        foreach (var id in await open.Select(session => session.Id).Order().ToListAsync(cancellationToken))
        {
            await db.LockAsync<ChatSession>([id], cancellationToken);
        }

        (await open.ToListAsync(cancellationToken)).ForEach(session => session.End(now));
        return left;
    }
}
