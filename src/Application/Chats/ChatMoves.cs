using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Chats;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

public static class ChatMoves
{
    /// <summary>
    /// The chat has a new id on its service. If another open chat has that id, the service made one conversation of the two: that chat
    /// goes on, and this one is closed with the reason as its last error. The caller holds the chat's lock.
    /// </summary>
    public static async Task MoveAsync(
        this IChatDbContext db, Chat chat, string externalId, DateTime now, CancellationToken cancellationToken)
    {
        var other = chat.State is ChatState.Closed || chat.ExternalId == externalId
            ? null
            : await db.Chats.AsNoTracking().FirstOrDefaultAsync(
                c => c.Service == chat.Service && c.ExternalId == externalId && c.State != ChatState.Closed, cancellationToken);
        if (other is not null)
        {
            chat.RecordFailure(ChatErrors.MergedInto(other.Id).Message);
            chat.Close(now);
        }

        chat.MoveTo(externalId);
    }

    /// <summary>The error of the chat's newest operation that was given up; null if there is none.</summary>
    public static Task<string?> FindGivenUpErrorAsync(this IChatDbContext db, Chat chat, CancellationToken cancellationToken) => db.ChatOutbox
        .Where(entry => entry.ChatId == chat.Id && (entry.State == ChatOutboxState.Refused || entry.State == ChatOutboxState.InDoubt))
        .OrderByDescending(entry => entry.Id)
        .Select(entry => entry.Error)
        .FirstOrDefaultAsync(cancellationToken);
}
