using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>Marks all messages of a channel as read by a member (docs/contracts/platform.md#read-receipts-and-unread-counts).</summary>
public sealed record ReadChannel(long ChannelId, UserReference User) : IRequest<Result<ChannelView>>;

internal sealed class ReadChannelValidator : AbstractValidator<ReadChannel>
{
    public ReadChannelValidator() => RuleFor(r => r.User).Reference();
}

internal sealed class ReadChannelHandler(IChatDbContext db, ChannelQueries queries, TimeProvider clock)
    : IRequestHandler<ReadChannel, Result<ChannelView>>
{
    public async Task<Result<ChannelView>> Handle(ReadChannel request, CancellationToken cancellationToken)
    {
        var read = await db.InTransactionAsync(() => ReadAsync(request, cancellationToken), cancellationToken);
        return read is null ? await queries.GetAsync(request.ChannelId, cancellationToken) : read;
    }

    private async Task<Error?> ReadAsync(ReadChannel request, CancellationToken cancellationToken)
    {
        var channel = await db.Channels.FirstOrDefaultAsync(channel => channel.Id == request.ChannelId, cancellationToken);
        if (channel is null)
        {
            return ChannelErrors.NotFound;
        }

        var user = await db.Users.ByReference(request.User).FirstOrDefaultAsync(cancellationToken);
        if (user is null)
        {
            return UserErrors.Unknown("user", request.User.ToString());
        }

        // With the lock the snapshots of a member follow each other, and each message is marked once.
        await db.LockAsync<ChannelMember>([channel.Id, user.Id], cancellationToken);
        var member = await db.ChannelMembers.FirstOrDefaultAsync(
            member => member.ChannelId == channel.Id && member.UserId == user.Id, cancellationToken);
        if (member is null)
        {
            return ChannelErrors.ReaderNotAMember;
        }

        // Null if the member has read everything already.
        var snapshot = await db.Messages
            .Where(message => message.ChannelId == channel.Id && message.Broadcast
                && (member.ReadSnapshot == null || StoreFunctions.ArrivedAfter(message.Arrival, member.ReadSnapshot)))
            .Select(message => db.Snapshots.Select(current => current.Value).First())
            .FirstOrDefaultAsync(cancellationToken);
        if (snapshot is not null)
        {
            db.ReadMarks.Add(channel.Read(member, snapshot, clock.UtcNow()));
            await db.SaveChangesAsync(cancellationToken);
        }

        return null;
    }
}
