using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// Keeps the members of the channel equal to the participants of the chat. Changes of the members are applied to the chat when they
/// are saved.
/// </summary>
internal static class ChatMembership
{
    /// <summary>The user's participant with the open participation, if any; null if the user never took part.</summary>
    public static Task<Participant?> FindParticipantAsync(
        this IChatDbContext db, Chat chat, long userId, CancellationToken cancellationToken) => db.Participants
        .Include(participant => participant.Participations.Where(participation => participation.LeftAt == null))
        .FirstOrDefaultAsync(participant => participant.ChatId == chat.Id && participant.UserId == userId, cancellationToken);

    public static async Task<Result<Done>> JoinChannelAsync(
        this IChatDbContext db, Chat chat, User user, DateTime now, CancellationToken cancellationToken)
    {
        var channel = await db.Channels.FirstAsync(c => c.Id == chat.ChannelId, cancellationToken);
        var isMember = await db.ChannelMembers.AnyAsync(
            member => member.ChannelId == channel.Id && member.UserId == user.Id, cancellationToken);
        var joined = channel.Join(user, isMember, now);
        return joined.IsSuccess ? Done.Success : joined.Error;
    }

    public static async Task<Result<Done>> LeaveChannelAsync(
        this IChatDbContext db, Chat chat, long userId, DateTime now, CancellationToken cancellationToken)
    {
        var member = await db.ChannelMembers.Include(m => m.Channel)
            .FirstOrDefaultAsync(m => m.ChannelId == chat.ChannelId && m.UserId == userId, cancellationToken);
        return member is null ? Done.Success : await db.RemoveMemberAsync(member.Channel, member, now, cancellationToken);
    }
}
