using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Users;

/// <summary>Names are unique in the application (docs/contracts/platform.md#users).</summary>
/// <param name="Properties">A JSON object, as text; null for none.</param>
public sealed record CreateUser(string? Name, string? DisplayName, bool IsGuest = false, string? Properties = null)
    : IRequest<Result<UserView>>;

internal sealed class CreateUserValidator : AbstractValidator<CreateUser>
{
    public CreateUserValidator()
    {
        RuleFor(r => r.Name).RequiredText(TextLimits.Name);
        RuleFor(r => r.DisplayName).RequiredText(TextLimits.DisplayName);
        RuleFor(r => r.Properties).PropertiesObject();
    }
}

internal sealed class CreateUserHandler(IChatDbContext db, ICurrentApplication application, TimeProvider clock)
    : IRequestHandler<CreateUser, Result<UserView>>
{
    public async Task<Result<UserView>> Handle(CreateUser request, CancellationToken cancellationToken)
    {
        if (await db.Users.AnyAsync(user => user.Name == request.Name, cancellationToken))
        {
            return UserErrors.NameTaken(request.Name!);
        }

        var user = User.Create(
            application.Id, request.Name!, request.DisplayName!, request.IsGuest, request.Properties, clock.UtcNow());
        db.Users.Add(user);
        await db.SaveChangesAsync(cancellationToken);
        return UserView.Of(user, online: false);
    }
}
