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
/// The channel stores later messages of the user without broadcasting them. No effect if already listed. The user need not be a member:
/// a PUBLIC channel can be protected before the user joins (docs/contracts/platform.md#blacklists).
/// </summary>
public sealed record AddToBlacklist(long ChannelId, UserReference User) : IRequest<Result<UserView>>;

internal sealed class AddToBlacklistValidator : AbstractValidator<AddToBlacklist>
{
    public AddToBlacklistValidator() => RuleFor(r => r.User).Reference();
}

internal sealed class AddToBlacklistHandler(IChatDbContext db, TimeProvider clock) : IRequestHandler<AddToBlacklist, Result<UserView>>
{
    public async Task<Result<UserView>> Handle(AddToBlacklist request, CancellationToken cancellationToken)
    {
        var channel = await db.Channels.FirstOrDefaultAsync(channel => channel.Id == request.ChannelId, cancellationToken);
        if (channel is null)
        {
            return ChannelErrors.NotFound;
        }

        var found = await db.Users.ByReference(request.User)
            .Select(user => new { User = user, Online = user.Sessions.Any(session => session.EndTime == null) })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return UserErrors.Unknown("user", request.User.ToString());
        }

        if (!await db.Blacklist.AnyAsync(entry => entry.ChannelId == channel.Id && entry.UserId == found.User.Id, cancellationToken))
        {
            db.Blacklist.Add(channel.AddToBlacklist(found.User, clock.UtcNow()));
            await db.SaveChangesAsync(cancellationToken);
        }

        return UserView.Of(found.User, found.Online);
    }
}
