using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Deletes all current messages of the application, in a job if there are many (docs/contracts/platform.md#deletions).</summary>
public sealed record DeleteMessages : IRequest<Result<Done>>;

internal sealed class DeleteMessagesHandler(
    IChatDbContext db, IErasure erasure, IJobSignal signal, ICurrentApplication application, TimeProvider clock)
    : IRequestHandler<DeleteMessages, Result<Done>>
{
    public async Task<Result<Done>> Handle(DeleteMessages request, CancellationToken cancellationToken)
    {
        if (await db.Messages.OrderBy(message => message.Id).Skip(MessageScope.SynchronousLimit).AnyAsync(cancellationToken))
        {
            var snapshot = await db.Snapshots.Select(current => current.Value).FirstAsync(cancellationToken);
            var arguments = JsonSerializer.Serialize(new ErasureArguments(Snapshot: snapshot));
            db.Jobs.Add(Job.Create(application.Id, JobType.Erasure, clock.UtcNow(), arguments));
            await db.SaveChangesAsync(cancellationToken);
            signal.Wake();
        }
        else
        {
            await erasure.RemoveMessagesAsync(new MessageScope(), int.MaxValue, cancellationToken);
        }

        return Done.Success;
    }
}
