using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Messages;

/// <summary>Counts the unread messages of a user in all channels (docs/contracts/platform.md#read-receipts-and-unread-counts).</summary>
public sealed record CountUnread(long UserId) : IRequest<Result<long>>;

internal sealed class CountUnreadHandler(IChatDbContext db) : IRequestHandler<CountUnread, Result<long>>
{
    public async Task<Result<long>> Handle(CountUnread request, CancellationToken cancellationToken)
    {
        if (!await db.Users.NotDeleted().AnyAsync(user => user.Id == request.UserId, cancellationToken))
        {
            return UserErrors.NotFound;
        }

        return await db.Unread(db.ChannelMembers.Where(member => member.UserId == request.UserId)).LongCountAsync(cancellationToken);
    }
}
