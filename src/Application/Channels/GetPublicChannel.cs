using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>Finds a PUBLIC channel by its id or its name. Other channels are not found.</summary>
public sealed record GetPublicChannel(long? Id, string? Name = null) : IRequest<Result<ChannelView>>;

internal sealed class GetPublicChannelHandler(IChatDbContext db, ChannelQueries channels)
    : IRequestHandler<GetPublicChannel, Result<ChannelView>>
{
    public async Task<Result<ChannelView>> Handle(GetPublicChannel request, CancellationToken cancellationToken)
    {
        var id = await db.Channels
            .Where(channel => channel.Type == ChannelType.Public)
            .Where(channel => channel.Id == request.Id || (request.Name != null && channel.Name == request.Name))
            .Select(channel => channel.Id).FirstOrDefaultAsync(cancellationToken);
        return await channels.GetAsync(id, cancellationToken);
    }
}
