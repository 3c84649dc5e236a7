using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Users;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ChatPlatform.Infrastructure.ChatConnectors;

/// <summary>
/// Applies changes of a channel to its chat: members become participants, a new display name becomes a title, a deleted channel closes
/// the chat. Runs on every save and in its transaction, whichever use case made the change. Idempotent. Members written in bulk go
/// through <see cref="BulkChatMembershipSync"/>.
/// </summary>
internal static class ChatMembershipSync
{
    public static async Task SyncAsync(ChatDbContext db, DateTime now, CancellationToken cancellationToken)
    {
        var entries = db.ChangeTracker.Entries().ToList();
        var members = entries
            .Where(entry => entry is { Entity: ChannelMember, State: EntityState.Added or EntityState.Deleted })
            .Select(entry => (Member: (ChannelMember)entry.Entity, Left: entry.State is EntityState.Deleted))
            .ToList();
        var renamed = Changed<Channel>(entries, nameof(Channel.DisplayName));
        await AnonymizeAsync(db, Changed<User>(entries, nameof(User.DeletedTime)), cancellationToken);
        await CloseChatsAsync(db, Changed<Channel>(entries, nameof(Channel.DeletedTime)), now, cancellationToken);

        // A new channel has no chat yet.
        var created = entries.Where(entry => entry is { Entity: Channel, State: EntityState.Added })
            .Select(entry => ((Channel)entry.Entity).Id);
        var channels = members.Select(m => m.Member.ChannelId).Concat(renamed.Select(c => c.Id)).Except(created).ToArray();
        if (channels.Length == 0)
        {
            return;
        }

        var users = members.Select(m => m.Member.UserId).ToArray();
        var chats = await db.Chats.Where(chat => channels.Contains(chat.ChannelId!.Value))
            .Include(chat => chat.Participants.Where(participant => users.Contains(participant.UserId)))
            .ThenInclude(participant => participant.Participations.Where(participation => participation.LeftAt == null))
            .AsSplitQuery()
            .ToDictionaryAsync(chat => chat.ChannelId!.Value, cancellationToken);

        foreach (var (member, left) in members)
        {
            if (chats.GetValueOrDefault(member.ChannelId) is { } chat)
            {
                Sync(chat, member, left, now);
            }
        }

        foreach (var channel in renamed)
        {
            chats.GetValueOrDefault(channel.Id)?.RecordTitle(channel.DisplayName!, new(now));
        }
    }

    private static List<T> Changed<T>(IEnumerable<EntityEntry> entries, string property) => [.. entries
        .Where(entry => entry is { Entity: T, State: EntityState.Modified } && entry.Property(property).IsModified)
        .Select(entry => (T)entry.Entity)];

    private static async Task AnonymizeAsync(ChatDbContext db, IEnumerable<User> users, CancellationToken cancellationToken)
    {
        foreach (var user in users)
        {
            var participants = db.Participants.Where(p => p.UserId == user.Id).AsAsyncEnumerable();
            await foreach (var participant in participants.WithCancellation(cancellationToken))
            {
                participant.Anonymize();
            }
        }
    }

    private static async Task CloseChatsAsync(ChatDbContext db, List<Channel> deleted, DateTime now, CancellationToken cancellationToken)
    {
        if (deleted.Count == 0)
        {
            return;
        }

        var channels = deleted.Select(channel => channel.Id).ToArray();
        var chats = await db.Chats.Where(chat => channels.Contains(chat.ChannelId!.Value))
            .Include(chat => chat.Participants.Where(participant =>
                participant.Participations.Any(participation => participation.LeftAt == null)))
            .ThenInclude(participant => participant.Participations.Where(participation => participation.LeftAt == null))
            .Include(chat => chat.Invitations.Where(invitation => invitation.RevokedAt == null))
            .AsSplitQuery()
            .ToListAsync(cancellationToken);
        foreach (var chat in chats)
        {
            chat.Close(now);
            foreach (var participant in chat.Participants.Where(participant => participant.IsActive))
            {
                chat.RecordLeft(participant, now);
            }
        }
    }

    private static void Sync(Chat chat, ChannelMember member, bool left, DateTime now)
    {
        var participant = chat.Participants.FirstOrDefault(p => p.UserId == member.UserId);
        if (left && participant is { IsActive: true })
        {
            chat.RecordLeft(participant, now);
        }
        else if (!left && participant is not { IsActive: true })
        {
            chat.RecordJoined(participant, member.User, null, now);
        }
    }
}
