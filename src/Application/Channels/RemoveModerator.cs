using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>Removes the moderator role; the user stays a member.</summary>
public sealed record RemoveModerator(long ChannelId, long UserId) : IRequest<Result<ChannelView>>;

internal sealed class RemoveModeratorHandler(IChatDbContext db, ChannelQueries queries)
    : IRequestHandler<RemoveModerator, Result<ChannelView>>
{
    public async Task<Result<ChannelView>> Handle(RemoveModerator request, CancellationToken cancellationToken)
    {
        var channel = await db.Channels.FirstOrDefaultAsync(channel => channel.Id == request.ChannelId, cancellationToken);
        if (channel is null)
        {
            return ChannelErrors.NotFound;
        }

        var moderator = await db.ChannelMembers.FirstOrDefaultAsync(
            member => member.ChannelId == channel.Id && member.UserId == request.UserId && member.IsModerator, cancellationToken);
        if (moderator is null)
        {
            return ChannelErrors.ModeratorNotFound;
        }

        channel.SetModerator(moderator, isModerator: false);
        await db.SaveChangesAsync(cancellationToken);
        return await queries.GetAsync(channel.Id, cancellationToken);
    }
}
