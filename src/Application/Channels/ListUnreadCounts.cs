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
/// A page of how many messages each member of each channel has not read, where there are any (platform contract, section 1.7).
/// </summary>
public sealed record ListUnreadCounts(PageRequest Page) : IRequest<Result<Page<UnreadCountView>>>;

public sealed record UnreadCountView(ChannelView Channel, UserView User, long Count);

/// <summary>A pair with something unread.</summary>
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

    /// <summary>The pair is what is unique, so both end every order.</summary>
    public static readonly SortOrder[] Always = [new("channel"), new("user")];

    public ListUnreadCountsValidator() => RuleFor(r => r.Page).PageOf(Sorting);
}

internal sealed class ListUnreadCountsHandler(IChatDbContext db, ChannelQueries channels, IConfigurationProvider mapping)
    : IRequestHandler<ListUnreadCounts, Result<Page<UnreadCountView>>>
{
    public async Task<Result<Page<UnreadCountView>>> Handle(ListUnreadCounts request, CancellationToken cancellationToken)
    {
        // One unread message decides who is on the list: a look-up each, which Any() would let the database make a join of all messages.
        // Only the pairs of the page have theirs counted, unless they are sorted by it.
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
        var sort = (request.Page.Sort ?? []).Concat(ListUnreadCountsValidator.Always).DistinctBy(order => order.Field).ToList();
        var page = await ListUnreadCountsValidator.Sorting.Apply(counts, sort).ToPageAsync(request.Page, cancellationToken);

        var userIds = page.Items.Select(row => row.UserId).Distinct().ToArray();
        var users = await db.Users.Where(user => userIds.Contains(user.Id)).ProjectTo<UserView>(mapping)
            .ToDictionaryAsync(user => user.Id, cancellationToken);
        var found = (await channels.ListAsync([.. page.Items.Select(row => row.ChannelId).Distinct()], cancellationToken))
            .ToDictionary(channel => channel.Id);
        return page.Select(row => new UnreadCountView(found[row.ChannelId], users[row.UserId], row.Count));
    }
}
