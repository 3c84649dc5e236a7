using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

internal static class MessageLookup
{
    /// <summary>Finds a message and a member of its channel in one query. The error says which one is missing.</summary>
    public static async Task<Result<(Message Message, User User)>> FindWithMemberAsync(
        this IChatDbContext db, long messageId, UserReference reference, CancellationToken cancellationToken)
    {
        var users = db.Users.ByReference(reference);
        var found = await (
            from message in db.Messages.Where(message => message.Id == messageId)
            from user in users.DefaultIfEmpty()
            select new
            {
                Message = message,
                User = user,
                IsMember = db.ChannelMembers.Any(member => member.ChannelId == message.ChannelId && member.UserId == user!.Id),
            }).FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return MessageErrors.NotFound;
        }

        if (found.User is null)
        {
            return UserErrors.Unknown("user", reference.ToString());
        }

        return found.IsMember ? (found.Message, found.User) : MessageErrors.NotAMember;
    }
}
