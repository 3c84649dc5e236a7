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

/// <summary>Makes a member a moderator. No effect if already one (docs/contracts/platform.md#members-and-moderators).</summary>
public sealed record AddModerator(long ChannelId, UserReference User) : IRequest<Result<UserView>>;

internal sealed class AddModeratorValidator : AbstractValidator<AddModerator>
{
    public AddModeratorValidator() => RuleFor(r => r.User).Reference();
}

internal sealed class AddModeratorHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<AddModerator, Result<UserView>>
{
    public async Task<Result<UserView>> Handle(AddModerator request, CancellationToken cancellationToken)
    {
        var channel = await db.Channels.FirstOrDefaultAsync(channel => channel.Id == request.ChannelId, cancellationToken);
        if (channel is null)
        {
            return ChannelErrors.NotFound;
        }

        var user = await db.Users.ByReference(request.User).ProjectTo<UserView>(mapping).FirstOrDefaultAsync(cancellationToken);
        if (user is null)
        {
            return UserErrors.Unknown("user", request.User.ToString());
        }

        var member = await db.ChannelMembers.FirstOrDefaultAsync(
            member => member.ChannelId == channel.Id && member.UserId == user.Id, cancellationToken);
        if (member is null)
        {
            return ChannelErrors.ModeratorMustBeMember;
        }

        var moderated = channel.SetModerator(member, isModerator: true);
        if (!moderated.IsSuccess)
        {
            return moderated.Error;
        }

        await db.SaveChangesAsync(cancellationToken);
        return user;
    }
}
