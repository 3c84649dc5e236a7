using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>
/// Mutes or unmutes a channel for a member. Notifications are still created and have a mark (docs/contracts/platform.md#muted-channels).
/// </summary>
public sealed record MuteChannel(long ChannelId, UserReference User, bool Muted) : IRequest<Result<ChannelView>>;

internal sealed class MuteChannelValidator : AbstractValidator<MuteChannel>
{
    public MuteChannelValidator() => RuleFor(r => r.User).Reference();
}

internal sealed class MuteChannelHandler(IChatDbContext db, ChannelQueries queries) : IRequestHandler<MuteChannel, Result<ChannelView>>
{
    public async Task<Result<ChannelView>> Handle(MuteChannel request, CancellationToken cancellationToken)
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

        var member = await db.ChannelMembers.FirstOrDefaultAsync(
            member => member.ChannelId == channel.Id && member.UserId == user.Id, cancellationToken);
        if (member is null)
        {
            return ChannelErrors.MuterNotAMember;
        }

        channel.Mute(member, request.Muted);
        await db.SaveChangesAsync(cancellationToken);
        return await queries.GetAsync(channel.Id, cancellationToken);
    }
}
