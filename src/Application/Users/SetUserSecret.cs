using System.Text;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Users;

/// <summary>Creates or replaces an encrypted value (docs/contracts/platform.md#user-secrets).</summary>
/// <param name="Secret">Any JSON but null, as text.</param>
public sealed record SetUserSecret(long UserId, string Name, string? Secret) : IRequest<Result<UserView>>;

internal sealed class SetUserSecretValidator : AbstractValidator<SetUserSecret>
{
    public SetUserSecretValidator()
    {
        RuleFor(r => r.Name).RequiredText(TextLimits.Name);
        RuleFor(r => r.Secret).NotNull().WithMessage("is required").MaximumLength(TextLimits.Secret)
            .WithMessage($"must be at most {TextLimits.Secret} characters long");
    }
}

internal sealed class SetUserSecretHandler(IChatDbContext db, ISecretBox box, TimeProvider clock)
    : IRequestHandler<SetUserSecret, Result<UserView>>
{
    public async Task<Result<UserView>> Handle(SetUserSecret request, CancellationToken cancellationToken)
    {
        var context = UserSecret.ContextOf(request.UserId, request.Name);
        var found = await db.Users.WithSecretAsync(db, request.UserId, request.Name, cancellationToken);
        if (found is null)
        {
            return UserErrors.NotFound;
        }

        var value = await box.SealAsync(context, Encoding.UTF8.GetBytes(request.Secret!), cancellationToken);
        if (found.Secret is { } secret)
        {
            secret.Replace(value, clock.UtcNow());
        }
        else
        {
            db.UserSecrets.Add(UserSecret.Create(found.User, request.Name, value, clock.UtcNow()));
        }

        await db.SaveChangesAsync(cancellationToken);
        return UserView.Of(found.User, found.Online);
    }
}
