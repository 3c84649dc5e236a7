using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Channels;

/// <summary>Adds a user to a group channel. No effect if already a member (docs/contracts/platform.md#members-and-moderators).</summary>
public sealed record AddMember(long ChannelId, UserReference User) : IRequest<Result<ChannelView>>;

internal sealed class AddMemberValidator : AbstractValidator<AddMember>
{
    public AddMemberValidator() => RuleFor(r => r.User).Reference();
}

internal sealed class AddMemberHandler(IChatDbContext db, ChannelQueries queries, TimeProvider clock)
    : IRequestHandler<AddMember, Result<ChannelView>>
{
    public async Task<Result<ChannelView>> Handle(AddMember request, CancellationToken cancellationToken)
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

        var isMember = await db.ChannelMembers.AnyAsync(
            member => member.ChannelId == channel.Id && member.UserId == user.Id, cancellationToken);
        var joined = channel.Join(user, isMember, clock.UtcNow());
        if (!joined.IsSuccess)
        {
            return joined.Error;
        }

        await db.SaveChangesAsync(cancellationToken);
        return await queries.GetAsync(channel.Id, cancellationToken);
    }
}
