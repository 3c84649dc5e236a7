using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>Accepts, declines or revokes an open invite. The invitee joins by accepting (docs/contracts/platform.md#invites).</summary>
public sealed record EndInvite(long ChannelId, long UserId, InviteOutcome Outcome) : IRequest<Result<ChannelView>>;

internal sealed class EndInviteHandler(IChatDbContext db, ChannelQueries queries, TimeProvider clock)
    : IRequestHandler<EndInvite, Result<ChannelView>>
{
    public async Task<Result<ChannelView>> Handle(EndInvite request, CancellationToken cancellationToken)
    {
        var channel = await db.Channels.FirstOrDefaultAsync(channel => channel.Id == request.ChannelId, cancellationToken);
        if (channel is null)
        {
            return ChannelErrors.NotFound;
        }

        var invite = await db.ChannelInvites.FirstOrDefaultAsync(
            invite => invite.ChannelId == channel.Id && invite.UserId == request.UserId, cancellationToken);
        if (invite is null)
        {
            return ChannelErrors.InviteNotFound;
        }

        if (request.Outcome is InviteOutcome.Accepted)
        {
            var user = await db.Users.FirstAsync(user => user.Id == request.UserId, cancellationToken);
            var isMember = await db.ChannelMembers.AnyAsync(
                member => member.ChannelId == channel.Id && member.UserId == user.Id, cancellationToken);
            channel.Join(user, isMember, clock.UtcNow());
        }

        channel.EndInvite(invite, request.Outcome);
        db.ChannelInvites.Remove(invite);
        await db.SaveChangesAsync(cancellationToken);
        return await queries.GetAsync(channel.Id, cancellationToken);
    }
}
