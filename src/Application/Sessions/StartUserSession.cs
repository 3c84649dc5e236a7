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
/// An unknown name creates a guest user, if guests are enabled (docs/contracts/platform.md#user-sessions-and-chat-sessions). The session
/// lasts until it is ended or expires. Functions may deny it or create the user.
/// </summary>
/// <param name="AuthParams">For those functions: a JSON object, as text.</param>
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

        var guestsEnabled = await db.Applications.Where(a => a.Id == application.Id).Select(a => a.GuestUsersEnabled)
            .FirstAsync(cancellationToken);
        if (!guestsEnabled)
        {
            return SessionErrors.GuestsDisabled;
        }

        var guest = User.Create(application.Id, name, name, isGuest: true, properties: null, clock.UtcNow());
        await db.Users.AddAsync(guest, cancellationToken);
        return guest;
    }
}
