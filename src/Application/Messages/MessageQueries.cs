using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>
/// Loads messages in a fixed number of statements per list: reactions and mentions are loaded for all messages together, and only if
/// there are any.
/// </summary>
internal sealed class MessageQueries(IChatDbContext db, IConfigurationProvider mapping)
{
    public async Task<Result<MessageView>> GetAsync(long id, CancellationToken cancellationToken)
    {
        var message = await db.Messages.Where(message => message.Id == id).ProjectTo<MessageView>(mapping)
            .FirstOrDefaultAsync(cancellationToken);
        return message is null ? MessageErrors.NotFound : (await CompleteAsync([message], cancellationToken))[0];
    }

    public async Task<IReadOnlyList<MessageView>> ListAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        ids.Count == 0
            ? []
            : await CompleteAsync(
                await db.Messages.Where(message => ids.Contains(message.Id)).ProjectTo<MessageView>(mapping).ToListAsync(cancellationToken),
                cancellationToken);

    public async Task<CursorPage<MessageView>> PageAsync(
        IQueryable<Message> messages, CursorRequest request, CancellationToken cancellationToken)
    {
        var page = await messages.ToCursorPageAsync(db, request, rows => rows.ProjectTo<MessageView>(mapping), cancellationToken);
        return page with { Items = await CompleteAsync(page.Items, cancellationToken) };
    }

    public async Task<Page<MessageView>> PageAsync(
        IOrderedQueryable<Message> messages, PageRequest request, CancellationToken cancellationToken)
    {
        var page = await messages.ProjectTo<MessageView>(mapping).ToPageAsync(request, cancellationToken);
        return page with { Items = await CompleteAsync(page.Items, cancellationToken) };
    }

    public async Task<IReadOnlyList<MessageView>> CompleteAsync(IReadOnlyList<MessageView> messages, CancellationToken cancellationToken)
    {
        var reactions = await ReactionsAsync([.. messages.Where(m => m.HasReactions).Select(m => m.Id)], cancellationToken);
        var mentions = messages.SelectMany(message => message.MentionRows?.Items ?? []).ToList();
        var users = await UsersAsync(
            [
                .. reactions.SelectMany(reaction => reaction.UserIds),
                .. mentions.Where(mention => mention.Type is MentionType.User).Select(mention => mention.TargetId),
            ],
            cancellationToken);
        var channels = await ChannelsAsync(
            [.. mentions.Where(mention => mention.Type is MentionType.Channel).Select(mention => mention.TargetId)], cancellationToken);
        var reactionsOf = reactions.ToLookup(reaction => reaction.MessageId);
        return [.. messages.Select(message => message with
        {
            Reactions = [.. reactionsOf[message.Id].OrderBy(r => r.First).ThenBy(r => r.Alias, StringComparer.Ordinal)
                .Select(r => new ReactionView(EmojiTable.Find(r.Alias)!, [.. r.UserIds.Select(id => users[id])], r.Count))],
            Mentions = [.. (message.MentionRows?.Items ?? [])
                .Select(m => new MentionView(
                    m.Type, m.Tag, m.Start, m.End, Target(users, m, MentionType.User), Target(channels, m, MentionType.Channel)))
                .Where(m => m.User is not null || m.Channel is not null)],
        })];
    }

    private static T? Target<T>(Dictionary<long, T> targets, MessageMention mention, MentionType type)
        where T : class => mention.Type == type ? targets.GetValueOrDefault(mention.TargetId) : null;

    private async Task<List<Reactions>> ReactionsAsync(long[] messageIds, CancellationToken cancellationToken) => messageIds.Length == 0
        ? []
        : await db.MessageReactions.Where(reaction => messageIds.Contains(reaction.MessageId))
            .GroupBy(reaction => new { reaction.MessageId, reaction.Alias })
            .Select(group => new Reactions(
                group.Key.MessageId,
                group.Key.Alias,
                group.LongCount(),
                group.Min(reaction => reaction.CreatedTime),
                group.OrderBy(reaction => reaction.CreatedTime).ThenBy(reaction => reaction.UserId)
                    .Take(ReactionView.MaxUsers).Select(reaction => reaction.UserId).ToList()))
            .ToListAsync(cancellationToken);

    private async Task<Dictionary<long, UserView>> UsersAsync(long[] ids, CancellationToken cancellationToken) => ids.Length == 0
        ? []
        : await db.Users.Where(user => ids.Contains(user.Id)).ProjectTo<UserView>(mapping)
            .ToDictionaryAsync(user => user.Id, cancellationToken);

    private async Task<Dictionary<long, MentionedChannelView>> ChannelsAsync(long[] ids, CancellationToken cancellationToken) =>
        ids.Length == 0
            ? []
            : await db.Channels.Where(channel => ids.Contains(channel.Id)).ProjectTo<MentionedChannelView>(mapping)
                .ToDictionaryAsync(channel => channel.Id, cancellationToken);

    private sealed record Reactions(long MessageId, string Alias, long Count, DateTime First, List<long> UserIds);
}
