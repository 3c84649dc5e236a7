using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>Broadcasts later messages of the user again; earlier ones do not change (docs/contracts/platform.md#blacklists).</summary>
public sealed record RemoveFromBlacklist(long ChannelId, long UserId) : IRequest<Result<ChannelView>>;

internal sealed class RemoveFromBlacklistHandler(IChatDbContext db, ChannelQueries queries)
    : IRequestHandler<RemoveFromBlacklist, Result<ChannelView>>
{
    public async Task<Result<ChannelView>> Handle(RemoveFromBlacklist request, CancellationToken cancellationToken)
    {
        var channel = await db.Channels.FirstOrDefaultAsync(channel => channel.Id == request.ChannelId, cancellationToken);
        if (channel is null)
        {
            return ChannelErrors.NotFound;
        }

        var entry = await db.Blacklist.FirstOrDefaultAsync(
            entry => entry.ChannelId == channel.Id && entry.UserId == request.UserId, cancellationToken);
        if (entry is null)
        {
            return ChannelErrors.NotBlacklisted;
        }

        channel.RemoveFromBlacklist(entry.UserId);
        db.Blacklist.Remove(entry);
        await db.SaveChangesAsync(cancellationToken);
        return await queries.GetAsync(channel.Id, cancellationToken);
    }
}
