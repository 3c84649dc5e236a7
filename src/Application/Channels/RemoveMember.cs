using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>Ends a membership, its moderator role and its chat sessions (docs/contracts/platform.md#members-and-moderators).</summary>
public sealed record RemoveMember(long ChannelId, long UserId) : IRequest<Result<ChannelView>>;

internal sealed class RemoveMemberHandler(IChatDbContext db, ChannelQueries queries, TimeProvider clock)
    : IRequestHandler<RemoveMember, Result<ChannelView>>
{
    public Task<Result<ChannelView>> Handle(RemoveMember request, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => RemoveAsync(request, cancellationToken), cancellationToken);

    private async Task<Result<ChannelView>> RemoveAsync(RemoveMember request, CancellationToken cancellationToken)
    {
        var channel = await db.Channels.FirstOrDefaultAsync(channel => channel.Id == request.ChannelId, cancellationToken);
        if (channel is null)
        {
            return ChannelErrors.NotFound;
        }

        var member = await db.ChannelMembers.FirstOrDefaultAsync(
            member => member.ChannelId == channel.Id && member.UserId == request.UserId, cancellationToken);
        if (member is null)
        {
            return ChannelErrors.MemberNotFound;
        }

        var left = await db.RemoveMemberAsync(channel, member, clock.UtcNow(), cancellationToken);
        if (!left.IsSuccess)
        {
            return left.Error;
        }

        await db.SaveChangesAsync(cancellationToken);
        return await queries.GetAsync(channel.Id, cancellationToken);
    }
}
