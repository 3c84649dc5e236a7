using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>Lists the channels that a user created or is a member of, by id unless sorted otherwise.</summary>
public sealed record ListUserChannels(long UserId, PageRequest Page) : IRequest<Result<Page<ChannelView>>>;

internal sealed class ListUserChannelsValidator : AbstractValidator<ListUserChannels>
{
    public ListUserChannelsValidator() => RuleFor(r => r.Page).PageOf(ChannelQueries.Sorting);
}

internal sealed class ListUserChannelsHandler(IChatDbContext db, ChannelQueries queries)
    : IRequestHandler<ListUserChannels, Result<Page<ChannelView>>>
{
    public async Task<Result<Page<ChannelView>>> Handle(ListUserChannels request, CancellationToken cancellationToken)
    {
        if (!await db.Users.NotDeleted().AnyAsync(user => user.Id == request.UserId, cancellationToken))
        {
            return UserErrors.NotFound;
        }

        // With a set of ids the database reads two indexes instead of all channels.
        var joined = db.ChannelMembers.Where(member => member.UserId == request.UserId).Select(member => member.ChannelId);
        var created = db.Channels.Where(channel => channel.CreatorId == request.UserId).Select(channel => channel.Id);
        var ids = joined.Union(created);
        return await queries.PageAsync(db.Channels.Where(channel => ids.Contains(channel.Id)), request.Page, cancellationToken);
    }
}
