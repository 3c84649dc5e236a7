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
        var deleted = await db.InTransactionAsync(() => DeleteAsync(request, cancellationToken), cancellationToken);
        if (deleted.IsSuccess)
        {
            signal.Wake();
        }

        return deleted;
    }

    private async Task<Result<Done>> DeleteAsync(DeleteUser request, CancellationToken cancellationToken)
    {
        // Whatever refers to the user is stored before and goes too, or finds the user deleted.
        await db.LockForDeletionAsync<User>([request.Id], cancellationToken);
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
        await LeaveChatsAsync(user.Id, cancellationToken);
        var picture = await db.HostedFiles.FirstOrDefaultAsync(file => file.Path == user.DisplayPictureUrl, cancellationToken);
        picture?.Release(now);
        user.Delete(now);
        await erasure.EraseUserAsync(user.Id, cancellationToken);
        if (request.Erase)
        {
            await EraseMessagesAsync(user.Id, now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return Done.Success;
    }

    private async Task EraseMessagesAsync(long userId, DateTime now, CancellationToken cancellationToken)
    {
        if (await db.Messages.Where(message => message.UserId == userId)
            .OrderBy(message => message.CreatedTime).Skip(MessageScope.SynchronousLimit).AnyAsync(cancellationToken))
        {
            var arguments = JsonSerializer.Serialize(new ErasureArguments(UserId: userId));
            db.Jobs.Add(Job.Create(application.Id, JobType.Erasure, now, arguments));
        }
        else
        {
            await erasure.RemoveMessagesAsync(new MessageScope(UserId: userId), int.MaxValue, cancellationToken);
        }
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
