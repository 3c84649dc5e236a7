using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Users;

/// <summary>Null resets a field to its default (docs/contracts/platform.md#merge-patches).</summary>
/// <param name="Properties">A JSON merge patch, as text.</param>
/// <param name="Versions">The accepted versions; null for any.</param>
public sealed record UpdateUser(
    long Id,
    Optional<string> DisplayName = default,
    Optional<bool?> IsGuest = default,
    Optional<CallStatus?> CallStatus = default,
    Optional<string> PresenceStatus = default,
    Optional<string> Properties = default,
    IReadOnlyCollection<uint>? Versions = null) : IRequest<Result<UserView>>;

internal sealed class UpdateUserValidator : AbstractValidator<UpdateUser>
{
    public UpdateUserValidator()
    {
        RuleFor(r => r.DisplayName.Value).RequiredText(TextLimits.DisplayName).When(r => r.DisplayName.Value is not null)
            .OverridePropertyName("displayName");
        RuleFor(r => r.PresenceStatus.Value).RequiredText(TextLimits.DisplayName).When(r => r.PresenceStatus.Value is not null)
            .OverridePropertyName("presence.status");
        RuleFor(r => r.Properties.Value).PropertiesObject().OverridePropertyName("properties");
    }
}

internal sealed class UpdateUserHandler(IChatDbContext db) : IRequestHandler<UpdateUser, Result<UserView>>
{
    public Task<Result<UserView>> Handle(UpdateUser request, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => UpdateAsync(request, cancellationToken), cancellationToken);

    private async Task<Result<UserView>> UpdateAsync(UpdateUser request, CancellationToken cancellationToken)
    {
        // Concurrent changes of different fields wait for each other, and all are applied.
        await db.LockAsync<User>([request.Id], cancellationToken);
        var found = await db.Users.ByReference(new UserReference(request.Id))
            .Select(user => new { User = user, Online = user.Sessions.Any(session => session.EndTime == null) })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return UserErrors.NotFound;
        }

        if (!Preconditions.Hold(request.Versions, found.User.Version))
        {
            return CommonErrors.Changed;
        }

        if (Apply(request, found.User) is { } refused)
        {
            return refused;
        }

        await db.SaveChangesAsync(cancellationToken);
        return UserView.Of(found.User, found.Online);
    }

    private static Error? Apply(UpdateUser request, User user)
    {
        if (request.DisplayName.IsSet)
        {
            user.Rename(request.DisplayName.Value);
        }

        if (request.IsGuest.IsSet)
        {
            user.SetIsGuest(request.IsGuest.Value ?? false);
        }

        if (request.CallStatus.IsSet)
        {
            user.SetCallStatus(request.CallStatus.Value ?? default);
        }

        if (request.PresenceStatus.IsSet)
        {
            user.SetPresenceStatus(request.PresenceStatus.Value);
        }

        if (request.Properties.IsSet)
        {
            var properties = request.Properties.Value is { } patch ? JsonMergePatch.Apply(user.Properties, patch) : "{}";
            user.SetProperties(properties);
            return Rules.CheckMerged(properties);
        }

        return null;
    }
}
