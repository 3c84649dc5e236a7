using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>Invites a user to a group channel. Returns the open invite if there is one (docs/contracts/platform.md#invites).</summary>
public sealed record SendInvite(long ChannelId, UserReference? User) : IRequest<Result<InviteView>>;

public sealed record InviteView
{
    public long ChannelId { get; init; }

    public long UserId { get; init; }

    public DateTime CreatedTime { get; init; }
}

internal sealed class SendInviteValidator : AbstractValidator<SendInvite>
{
    public SendInviteValidator() => RuleFor(r => r.User).NotNull().WithMessage("is required").Reference();
}

internal sealed class SendInviteHandler(IChatDbContext db, IConfigurationProvider mapping, TimeProvider clock)
    : IRequestHandler<SendInvite, Result<InviteView>>
{
    public async Task<Result<InviteView>> Handle(SendInvite request, CancellationToken cancellationToken)
    {
        var channel = await db.Channels.FirstOrDefaultAsync(channel => channel.Id == request.ChannelId, cancellationToken);
        if (channel is null)
        {
            return ChannelErrors.NotFound;
        }

        var user = await db.Users.ByReference(request.User!).FirstOrDefaultAsync(cancellationToken);
        if (user is null)
        {
            return UserErrors.Unknown("user", request.User!.ToString());
        }

        var open = await db.ChannelInvites.Where(invite => invite.ChannelId == channel.Id && invite.UserId == user.Id)
            .ProjectTo<InviteView>(mapping).FirstOrDefaultAsync(cancellationToken);
        if (open is not null)
        {
            return open;
        }

        var isMember = await db.ChannelMembers.AnyAsync(
            member => member.ChannelId == channel.Id && member.UserId == user.Id, cancellationToken);
        var invited = channel.Invite(user, isMember, clock.UtcNow());
        if (!invited.IsSuccess)
        {
            return invited.Error;
        }

        db.ChannelInvites.Add(invited.Value);
        await db.SaveChangesAsync(cancellationToken);
        return new InviteView { ChannelId = channel.Id, UserId = user.Id, CreatedTime = invited.Value.CreatedTime };
    }
}
