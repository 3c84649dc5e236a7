using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Gets a thread. The id of a message finds the thread of its replies (docs/contracts/platform.md#threads-and-replies).</summary>
public sealed record GetThread(long Id) : IRequest<Result<ThreadView>>;

internal sealed class GetThreadHandler(IChatDbContext db, IConfigurationProvider mapping) : IRequestHandler<GetThread, Result<ThreadView>>
{
    public async Task<Result<ThreadView>> Handle(GetThread request, CancellationToken cancellationToken)
    {
        var thread = await db.Threads.Where(thread => thread.Id == request.Id).ProjectTo<ThreadView>(mapping)
            .FirstOrDefaultAsync(cancellationToken);
        thread ??= await db.Messages.Where(message => message.Id == request.Id)
            .Select(message => ThreadView.OfReplies(message))
            .FirstOrDefaultAsync(cancellationToken);
        return thread is null ? MessageErrors.ThreadNotFound : thread;
    }
}
