using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>
/// Lists unread counts of members in channels, without zeros (docs/contracts/platform.md#read-receipts-and-unread-counts).
/// </summary>
public sealed record ListUnreadCounts(PageRequest Page) : IRequest<Result<Page<UnreadCountView>>>;

public sealed record UnreadCountView(ChannelView Channel, UserView User, long Count);

internal sealed class UnreadCountRow
{
    public long ChannelId { get; init; }

    public long UserId { get; init; }

    public long Count { get; init; }
}

internal sealed class ListUnreadCountsValidator : AbstractValidator<ListUnreadCounts>
{
    public static readonly Sorting<UnreadCountRow> Sorting = new Sorting<UnreadCountRow>("user", row => row.UserId)
        .By("channel", row => row.ChannelId)
        .By("count", row => row.Count);

    /// <summary>Added to every order, because only the pair is unique.</summary>
    public static readonly SortOrder[] TieBreakers = [new("channel"), new("user")];

    public ListUnreadCountsValidator() => RuleFor(r => r.Page).PageOf(Sorting);
}

internal sealed class ListUnreadCountsHandler(IChatDbContext db, ChannelQueries channels, IConfigurationProvider mapping)
    : IRequestHandler<ListUnreadCounts, Result<Page<UnreadCountView>>>
{
    public async Task<Result<Page<UnreadCountView>>> Handle(ListUnreadCounts request, CancellationToken cancellationToken)
    {
        // One unread message puts a pair on the list: one look-up per pair. With Any() the database would join all messages.
        // Only the pairs of the page are counted, unless the list is sorted by count.
        var unread = db.Unread(db.ChannelMembers);
        var counts = db.ChannelMembers
            .Where(member => unread.Where(u => u.Member.ChannelId == member.ChannelId && u.Member.UserId == member.UserId)
                .Select(u => (long?)u.Message.Id).FirstOrDefault() != null)
            .Select(member => new UnreadCountRow
            {
                ChannelId = member.ChannelId,
                UserId = member.UserId,
                Count = unread.LongCount(u => u.Member.ChannelId == member.ChannelId && u.Member.UserId == member.UserId),
            });
        var sort = (request.Page.Sort ?? []).Concat(ListUnreadCountsValidator.TieBreakers).DistinctBy(order => order.Field).ToList();
        var page = await ListUnreadCountsValidator.Sorting.Apply(counts, sort).ToPageAsync(request.Page, cancellationToken);

        var userIds = page.Items.Select(row => row.UserId).Distinct().ToArray();
        var users = await db.Users.Where(user => userIds.Contains(user.Id)).ProjectTo<UserView>(mapping)
            .ToDictionaryAsync(user => user.Id, cancellationToken);
        var channelsById = (await channels.ListAsync([.. page.Items.Select(row => row.ChannelId).Distinct()], cancellationToken))
            .ToDictionary(channel => channel.Id);
        return page.Select(row => new UnreadCountView(channelsById[row.ChannelId], users[row.UserId], row.Count));
    }
}
