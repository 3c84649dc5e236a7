using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.ChatServices;

/// <summary>
/// Keeps a chat in step with its channel: who becomes a member takes part, who stops being one has left, and a new display name is a
/// new title. Runs inside every store of changes, so in their transaction, and wherever a change comes from; where the chat shows it
/// already, nothing happens.
/// </summary>
internal static class ChannelMirror
{
    public static async Task ReflectAsync(ChatDbContext db, DateTime now, CancellationToken cancellationToken)
    {
        var entries = db.ChangeTracker.Entries().ToList();
        var members = entries
            .Where(entry => entry is { Entity: ChannelMember, State: EntityState.Added or EntityState.Deleted })
            .Select(entry => (Member: (ChannelMember)entry.Entity, Left: entry.State is EntityState.Deleted))
            .ToList();
        var renamed = entries
            .Where(entry => entry is { Entity: Channel, State: EntityState.Modified } && entry.Property(nameof(Channel.DisplayName)).IsModified)
            .Select(entry => (Channel)entry.Entity)
            .ToList();

        // A channel that is being made now has no chat yet.
        var made = entries.Where(entry => entry is { Entity: Channel, State: EntityState.Added }).Select(entry => ((Channel)entry.Entity).Id);
        var channels = members.Select(m => m.Member.ChannelId).Concat(renamed.Select(c => c.Id)).Except(made).ToArray();
        if (channels.Length == 0)
        {
            return;
        }

        var users = members.Select(m => m.Member.UserId).ToArray();
        var chats = await db.Chats.Where(chat => channels.Contains(chat.ChannelId!.Value))
            .Include(chat => chat.Participants.Where(participant => users.Contains(participant.UserId)))
            .ThenInclude(participant => participant.Participations.Where(stay => stay.LeftAt == null))
            .ToDictionaryAsync(chat => chat.ChannelId!.Value, cancellationToken);

        foreach (var (member, left) in members)
        {
            if (chats.GetValueOrDefault(member.ChannelId) is { } chat)
            {
                Reflect(chat, member, left, now);
            }
        }

        foreach (var channel in renamed)
        {
            chats.GetValueOrDefault(channel.Id)?.NoteTitle(channel.DisplayName!, now);
        }
    }

    private static void Reflect(Chat chat, ChannelMember member, bool left, DateTime now)
    {
        var participant = chat.Participants.FirstOrDefault(p => p.UserId == member.UserId);
        if (left && participant is { IsActive: true })
        {
            chat.NoteLeft(participant, now);
        }
        else if (!left && participant is not { IsActive: true })
        {
            chat.NoteJoined(participant, member.User, null, now);
        }
    }
}
