using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Users;

public sealed record RemoveUserSecret(long UserId, string Name) : IRequest<Result<UserView>>;

internal sealed class RemoveUserSecretValidator : AbstractValidator<RemoveUserSecret>
{
    public RemoveUserSecretValidator() => RuleFor(r => r.Name).RequiredText(TextLimits.Name);
}

internal sealed class RemoveUserSecretHandler(IChatDbContext db) : IRequestHandler<RemoveUserSecret, Result<UserView>>
{
    public async Task<Result<UserView>> Handle(RemoveUserSecret request, CancellationToken cancellationToken)
    {
        var found = await db.Users.WithSecretAsync(db, request.UserId, request.Name, cancellationToken);
        if (found is not { Secret: { } secret })
        {
            return found is null ? UserErrors.NotFound : UserErrors.SecretNotFound;
        }

        db.UserSecrets.Remove(secret);
        await db.SaveChangesAsync(cancellationToken);
        return UserView.Of(found.User, found.Online);
    }
}
