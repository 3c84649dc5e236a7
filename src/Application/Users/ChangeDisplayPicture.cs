using ChatPlatform.Application.Common;
using ChatPlatform.Application.Messages;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Users;

/// <summary>
/// The same transaction releases the previous upload, so there is always exactly one
/// (docs/contracts/platform.md#display-pictures-and-avatars).
/// </summary>
public sealed record ChangeDisplayPicture(long Id, MessageFile Picture) : IRequest<Result<UserView>>;

internal sealed class ChangeDisplayPictureValidator : AbstractValidator<ChangeDisplayPicture>
{
    public ChangeDisplayPictureValidator() => RuleFor(r => r.Picture).SetValidator(new MessageFileValidator()).OverridePropertyName("");
}

internal sealed class ChangeDisplayPictureHandler(IChatDbContext db, TimeProvider clock)
    : IRequestHandler<ChangeDisplayPicture, Result<UserView>>
{
    public Task<Result<UserView>> Handle(ChangeDisplayPicture request, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => ChangeAsync(request, cancellationToken), cancellationToken);

    private async Task<Result<UserView>> ChangeAsync(ChangeDisplayPicture request, CancellationToken cancellationToken)
    {
        // A concurrent change sees the first one's picture and releases it.
        await db.LockAsync<User>([request.Id], cancellationToken);
        var found = await db.Users.ByReference(new UserReference(request.Id))
            .Select(user => new
            {
                User = user,
                Online = user.Sessions.Any(session => session.EndTime == null),
                Previous = db.HostedFiles.FirstOrDefault(file => file.Path == user.DisplayPictureUrl),
            })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return UserErrors.NotFound;
        }

        var (type, url) = (request.Picture.Type, request.Picture.Url);
        if (type is FileType.Hosted)
        {
            (await db.HostedFiles.FirstAsync(file => file.Path == url, cancellationToken)).Claim();
        }

        found.User.SetDisplayPicture(url);
        found.Previous?.Release(clock.UtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return UserView.Of(found.User, found.Online);
    }
}
