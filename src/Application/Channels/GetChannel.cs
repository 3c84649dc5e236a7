using ChatPlatform.Domain.Common;
using MediatR;

namespace ChatPlatform.Application.Channels;

public sealed record GetChannel(long Id) : IRequest<Result<ChannelView>>;

internal sealed class GetChannelHandler(ChannelQueries channels) : IRequestHandler<GetChannel, Result<ChannelView>>
{
    public Task<Result<ChannelView>> Handle(GetChannel request, CancellationToken cancellationToken) =>
        channels.GetAsync(request.Id, cancellationToken);
}
