using ChatPlatform.Domain.Chats;

namespace ChatPlatform.Application.Chats;

/// <summary>The part of a link of this server after <see cref="ChatInvitation.Path"/>.</summary>
internal static class InvitationCode
{
    public static IQueryable<ChatInvitation> OfCode(this IQueryable<Chat> chats, string code)
    {
        var link = ChatInvitation.Path + code;
        return chats.SelectMany(chat => chat.Invitations).Where(invitation => invitation.Link == link);
    }
}
