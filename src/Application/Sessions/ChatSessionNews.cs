using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Sessions;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Sessions;

/// <param name="After">Where the last read ended; null reads from the beginning of the chat session.</param>
/// <param name="Size">1 to <see cref="PageRequest.MaxSize"/>.</param>
public sealed record NewsRequest(LogPlace? After = null, int Size = PageRequest.DefaultSize);

/// <summary>What came since the last read, oldest first.</summary>
/// <param name="Next">Where to read on; null while there was nothing yet.</param>
public sealed record NewsPage<T>(IReadOnlyList<T> Items, int Size, LogPlace? Next);

internal sealed class NewsRequestValidator : AbstractValidator<NewsRequest>
{
    public NewsRequestValidator() =>
        RuleFor(r => r.Size).InclusiveBetween(1, PageRequest.MaxSize).WithMessage($"must be from 1 to {PageRequest.MaxSize}");
}

/// <summary>Reads what an open chat session of a member was told since it began.</summary>
internal sealed class ChatSessionNews(IChatDbContext db, IChannelNews news, TimeProvider clock)
{
    public async Task<Result<NewsPage<T>>> ReadAsync<T>(
        NewsType type, long chatSessionId, NewsRequest request, Func<long, JsonElement, T> read, CancellationToken cancellationToken)
    {
        var chat = await db.ChatSessions.Where(chat => chat.Id == chatSessionId)
            .Select(chat => new
            {
                chat.ChannelId,
                chat.CreatedTime,
                IsInside = chat.EndTime == null
                    && db.ChannelMembers.Any(member => member.ChannelId == chat.ChannelId && member.UserId == chat.UserId),
            })
            .FirstOrDefaultAsync(cancellationToken);
        if (chat is null)
        {
            return SessionErrors.ChatSessionNotFound;
        }

        if (!chat.IsInside)
        {
            return SessionErrors.ChatEnded;
        }

        var kept = clock.UtcNow() - IChannelNews.Kept;
        var since = chat.CreatedTime > kept ? chat.CreatedTime : kept;
        var items = await news.ReadAsync(type, chat.ChannelId, since, request.After, request.Size, cancellationToken);
        return new NewsPage<T>(
            [.. items.Select(item => read(chat.ChannelId, item.Content))],
            request.Size,
            items.Count > 0 ? items[^1].Place : request.After);
    }
}
