using System.Text;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Users;

/// <returns>JSON, as text.</returns>
public sealed record GetUserSecret(long UserId, string Name) : IRequest<Result<string>>;

internal sealed class GetUserSecretValidator : AbstractValidator<GetUserSecret>
{
    public GetUserSecretValidator() => RuleFor(r => r.Name).RequiredText(TextLimits.Name);
}

internal sealed class GetUserSecretHandler(IChatDbContext db, ISecretBox box) : IRequestHandler<GetUserSecret, Result<string>>
{
    public async Task<Result<string>> Handle(GetUserSecret request, CancellationToken cancellationToken)
    {
        var found = await db.Users.WithSecretAsync(db, request.UserId, request.Name, cancellationToken);
        if (found is not { Secret: { } secret })
        {
            return found is null ? UserErrors.NotFound : UserErrors.SecretNotFound;
        }

        return Encoding.UTF8.GetString(
            await box.OpenAsync(UserSecret.ContextOf(request.UserId, request.Name), secret.Value, cancellationToken));
    }
}
