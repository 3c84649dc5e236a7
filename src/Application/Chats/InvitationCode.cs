using ChatPlatform.Domain.Chats;

namespace ChatPlatform.Application.Chats;

/// <summary>What stands behind <see cref="ChatInvitation.Path"/> in a link of this server.</summary>
internal static class InvitationCode
{
    public static IQueryable<ChatInvitation> OfCode(this IQueryable<Chat> chats, string code)
    {
        var link = ChatInvitation.Path + code;
        return chats.SelectMany(chat => chat.Invitations).Where(invitation => invitation.Link == link);
    }
}
