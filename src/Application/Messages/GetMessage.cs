using ChatPlatform.Domain.Common;
using MediatR;

namespace ChatPlatform.Application.Messages;

/// <summary>Gets a message, broadcast or not.</summary>
public sealed record GetMessage(long Id) : IRequest<Result<MessageView>>;

internal sealed class GetMessageHandler(MessageQueries queries) : IRequestHandler<GetMessage, Result<MessageView>>
{
    public Task<Result<MessageView>> Handle(GetMessage request, CancellationToken cancellationToken) =>
        queries.GetAsync(request.Id, cancellationToken);
}
