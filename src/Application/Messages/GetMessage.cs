using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>One message, passed on or not.</summary>
public sealed record GetMessage(long Id) : IRequest<Result<MessageView>>;

internal sealed class GetMessageHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<GetMessage, Result<MessageView>>
{
    public async Task<Result<MessageView>> Handle(GetMessage request, CancellationToken cancellationToken)
    {
        var message = await db.Messages.Where(message => message.Id == request.Id).ProjectTo<MessageView>(mapping)
            .FirstOrDefaultAsync(cancellationToken);
        return message is null ? MessageErrors.NotFound : message;
    }
}
