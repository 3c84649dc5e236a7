using System.Globalization;
using ChatPlatform.Domain.Chats;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// What stands behind <see cref="ChatInvitation.Path"/> in a link of this server: the application, a dot, and 128 random bits. With
/// the application in front whoever opens the link can be served without a look into every tenant.
/// </summary>
internal static class InvitationCode
{
    public static bool TryGetApplication(string code, out long applicationId)
    {
        applicationId = 0;
        var dot = code.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && long.TryParse(code.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out applicationId);
    }

    public static IQueryable<ChatInvitation> OfCode(this IQueryable<Chat> chats, string code)
    {
        var link = ChatInvitation.Path + code;
        return chats.SelectMany(chat => chat.Invitations).Where(invitation => invitation.Link == link);
    }
}
