using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Chats;

public sealed class ChatInvitation : ITenantOwned
{
    /// <summary>Prefix of links to chats on this server, relative to its public address.</summary>
    public const string Path = "/i/";

    public const int MaxLink = 255;

    private ChatInvitation() { }

    public long ApplicationId { get; private set; }

    public string Link { get; private set; } = null!;

    public Guid ChatId { get; private set; }

    public DateTime CreatedAt { get; private set; }

    /// <summary>UTC, exclusive; null for no expiry.</summary>
    public DateTime? ExpiresAt { get; private set; }

    /// <summary>Null for unlimited.</summary>
    public int? MaxUses { get; private set; }

    public int Uses { get; private set; }

    public DateTime? RevokedAt { get; private set; }

    /// <summary>Returns the reason if the link can no longer be used.</summary>
    public Result<Done> Check(DateTime now)
    {
        if (RevokedAt is not null)
        {
            return ChatErrors.InvitationRevoked;
        }

        if (ExpiresAt <= now)
        {
            return ChatErrors.InvitationExpired;
        }

        return Uses >= MaxUses ? ChatErrors.InvitationUsedUp : Done.Success;
    }

    internal static ChatInvitation Create(Chat chat, string link, DateTime? expiresAt, int? maxUses, DateTime now) => new()
    {
        ApplicationId = chat.ApplicationId,
        Link = link,
        ChatId = chat.Id,
        CreatedAt = now,
        ExpiresAt = expiresAt,
        MaxUses = maxUses,
    };

    internal Result<Done> Use(DateTime now)
    {
        var valid = Check(now);
        if (valid.IsSuccess)
        {
            Uses++;
        }

        return valid;
    }

    internal void Revoke(DateTime now) => RevokedAt ??= now;
}
