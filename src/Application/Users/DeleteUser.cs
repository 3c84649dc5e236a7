using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Domain.Users;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Users;

/// <summary>
/// Removes account, sessions, memberships, secrets and picture, and frees the name. Messages stay (docs/contracts/platform.md#deletions).
/// </summary>
/// <param name="Erase">Also removes the messages; many of them in the background.</param>
/// <param name="Versions">The accepted versions; null for any.</param>
public sealed record DeleteUser(long Id, bool Erase = false, IReadOnlyCollection<uint>? Versions = null) : IRequest<Result<Done>>;

internal sealed class DeleteUserHandler(
    IChatDbContext db, IErasure erasure, IJobSignal signal, ICurrentApplication application, TimeProvider clock)
    : IRequestHandler<DeleteUser, Result<Done>>
{
    public async Task<Result<Done>> Handle(DeleteUser request, CancellationToken cancellationToken)
    {
        var user = await db.Users.ByReference(new UserReference(request.Id)).FirstOrDefaultAsync(cancellationToken);
        if (user is null)
        {
            return UserErrors.NotFound;
        }

        if (!Preconditions.Hold(request.Versions, user.Version))
        {
            return CommonErrors.Changed;
        }

        var now = clock.UtcNow();
        var scope = new MessageScope(UserId: user.Id, Until: now);
        var inBackground = request.Erase
            && await db.Messages.Where(message => message.UserId == user.Id)
                .OrderBy(message => message.CreatedTime).Skip(MessageScope.SynchronousLimit).AnyAsync(cancellationToken);
        await db.InTransactionAsync(
            async () =>
            {
                await LeaveChatsAsync(user.Id, cancellationToken);
                var picture = await db.HostedFiles.FirstOrDefaultAsync(file => file.Path == user.DisplayPictureUrl, cancellationToken);
                picture?.Release(now);
                user.Delete(now);
                if (inBackground)
                {
                    var arguments = JsonSerializer.Serialize(new ErasureArguments(UserId: user.Id, Until: now));
                    db.Jobs.Add(Job.Create(application.Id, JobType.Erasure, now, arguments));
                }

                await erasure.EraseUserAsync(user.Id, cancellationToken);
                if (request.Erase && !inBackground)
                {
                    await erasure.RemoveMessagesAsync(scope, int.MaxValue, cancellationToken);
                }

                return await db.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        signal.Wake();
        return Done.Success;
    }

    /// <summary>Chats record each leave, so these memberships end one by one.</summary>
    private async Task LeaveChatsAsync(long userId, CancellationToken cancellationToken)
    {
        var members = await db.ChannelMembers.Include(member => member.Channel)
            .Where(member => member.UserId == userId && db.Chats.Any(chat => chat.ChannelId == member.ChannelId))
            .ToListAsync(cancellationToken);
        foreach (var member in members.Where(member => member.Channel.Leave(member).IsSuccess))
        {
            db.ChannelMembers.Remove(member);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
