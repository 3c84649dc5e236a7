using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.ChatServices;

/// <summary>Keeps what a chat's messages said when they are deleted from its channel, in the transaction that deletes them.</summary>
internal static class MessageKeeping
{
    public static async Task KeepAsync(ChatDbContext db, DateTime now, CancellationToken cancellationToken)
    {
        var deleted = db.ChangeTracker.Entries<Message>()
            .Where(entry => entry.State is EntityState.Deleted)
            .Select(entry => entry.Entity)
            .ToList();
        if (deleted.Count == 0)
        {
            return;
        }

        var channels = deleted.Select(message => message.ChannelId).Distinct().ToArray();
        var chats = await db.Chats.Where(chat => channels.Contains(chat.ChannelId!.Value))
            .ToDictionaryAsync(chat => chat.ChannelId!.Value, cancellationToken);
        var kept = deleted.Where(message => message.Broadcast && chats.ContainsKey(message.ChannelId)).ToList();
        if (kept.Count == 0)
        {
            return;
        }

        var ids = kept.Select(message => message.Id).ToArray();
        var versions = await db.MessageVersions.AsNoTracking().Where(version => ids.Contains(version.MessageId)).ToListAsync(cancellationToken);
        var versionsOf = versions.ToLookup(version => version.MessageId);
        db.DeletedMessages.AddRange(kept.Select(
            message => DeletedMessage.Of(chats[message.ChannelId], message, versionsOf[message.Id], now)));
    }
}
