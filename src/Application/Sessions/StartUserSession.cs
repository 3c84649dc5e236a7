using ChatPlatform.Application.Common;
using ChatPlatform.Application.Functions;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Sessions;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Sessions;

/// <summary>
/// Connects a user. A name that nobody has makes a guest of it, where the application takes guests (platform contract, section 5).
/// The session lasts until it is ended or falls silent. Functions of the application may deny it, and make the user.
/// </summary>
/// <param name="UserAgent">What the client calls itself.</param>
/// <param name="AuthParams">What the client shows to those functions: a JSON object, as text.</param>
public sealed record StartUserSession(UserReference? User, string? UserAgent = null, string? AuthParams = null)
    : IRequest<Result<UserSessionView>>;

internal sealed class StartUserSessionValidator : AbstractValidator<StartUserSession>
{
    public StartUserSessionValidator()
    {
        RuleFor(r => r.User).NotNull().WithMessage("is required").Reference();
        RuleFor(r => r.UserAgent).OptionalText(UserSession.MaxUserAgent);
        RuleFor(r => r.AuthParams).PropertiesObject();
    }
}

internal sealed class StartUserSessionHandler(
    IChatDbContext db, ICurrentApplication application, FunctionHooks functions, TimeProvider clock)
    : IRequestHandler<StartUserSession, Result<UserSessionView>>
{
    public async Task<Result<UserSessionView>> Handle(StartUserSession request, CancellationToken cancellationToken)
    {
        var username = request.User!.Username
            ?? await db.Users.ByReference(request.User).Select(one => one.Name).FirstOrDefaultAsync(cancellationToken);
        if (username is null)
        {
            return UserErrors.Unknown("user", request.User.ToString());
        }

        var allowed = await functions.AskAboutSessionAsync(request, username, request.AuthParams, cancellationToken);
        if (!allowed.IsSuccess)
        {
            return allowed.Error;
        }

        var user = await db.Users.ByReference(request.User!).FirstOrDefaultAsync(cancellationToken);
        if (user is null)
        {
            var guest = await CreateGuestAsync(request.User!, cancellationToken);
            if (!guest.IsSuccess)
            {
                return guest.Error;
            }

            user = guest.Value;
        }

        var session = UserSession.Start(user, request.UserAgent, clock.UtcNow());
        await db.UserSessions.AddAsync(session, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return new UserSessionView
        {
            Id = session.Id,
            User = UserView.Of(user, online: true),
            UserAgent = session.UserAgent,
            CreatedTime = session.CreatedTime,
        };
    }

    private async Task<Result<User>> CreateGuestAsync(UserReference reference, CancellationToken cancellationToken)
    {
        if (reference is not { Id: null, Username: { } name })
        {
            return UserErrors.Unknown("user", reference.ToString());
        }

        var takesGuests = await db.Applications.Where(a => a.Id == application.Id).Select(a => a.GuestUsersEnabled)
            .FirstAsync(cancellationToken);
        if (!takesGuests)
        {
            return SessionErrors.GuestsDisabled;
        }

        var guest = User.Create(application.Id, name, name, isGuest: true, properties: null, clock.UtcNow());
        await db.Users.AddAsync(guest, cancellationToken);
        return guest;
    }
}
