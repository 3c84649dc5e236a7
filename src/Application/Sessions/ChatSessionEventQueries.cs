using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Sessions;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Sessions;

/// <param name="After">Where the last read ended; null for the beginning of the chat session.</param>
/// <param name="Size">1 to <see cref="PageRequest.MaxSize"/>.</param>
public sealed record EphemeralEventRequest(LogPosition? After = null, int Size = PageRequest.DefaultSize);

/// <summary>Oldest first.</summary>
/// <param name="Next">Position for the next read; null before the first event.</param>
public sealed record EphemeralEventPage<T>(IReadOnlyList<T> Items, int Size, LogPosition? Next);

internal sealed class EphemeralEventRequestValidator : AbstractValidator<EphemeralEventRequest>
{
    public EphemeralEventRequestValidator() =>
        RuleFor(r => r.Size).InclusiveBetween(1, PageRequest.MaxSize).WithMessage($"must be between 1 and {PageRequest.MaxSize}");
}

/// <summary>Reads the events since the beginning of an open chat session of a member.</summary>
internal sealed class ChatSessionEventQueries(IChatDbContext db, IEphemeralEvents events, TimeProvider clock)
{
    public async Task<Result<EphemeralEventPage<T>>> ReadAsync<T>(
        EphemeralEventType type,
        long chatSessionId,
        EphemeralEventRequest request,
        Func<long, JsonElement, T> read,
        CancellationToken cancellationToken)
    {
        var chat = await db.ChatSessions.Where(chat => chat.Id == chatSessionId)
            .Select(chat => new
            {
                chat.ChannelId,
                chat.CreatedTime,
                IsActive = chat.EndTime == null
                    && db.ChannelMembers.Any(member => member.ChannelId == chat.ChannelId && member.UserId == chat.UserId),
            })
            .FirstOrDefaultAsync(cancellationToken);
        if (chat is null)
        {
            return SessionErrors.ChatSessionNotFound;
        }

        if (!chat.IsActive)
        {
            return SessionErrors.ChatEnded;
        }

        var oldest = clock.UtcNow() - IEphemeralEvents.Retention;
        var since = chat.CreatedTime > oldest ? chat.CreatedTime : oldest;
        var items = await events.ReadAsync(type, chat.ChannelId, since, request.After, request.Size, cancellationToken);
        return new EphemeralEventPage<T>(
            [.. items.Select(item => read(chat.ChannelId, item.Content))],
            request.Size,
            items.Count > 0 ? items[^1].Position : request.After);
    }
}
