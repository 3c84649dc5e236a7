using ChatPlatform.Application.Applications;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Users;

/// <summary>Returns the login of a token, which stays valid.</summary>
public sealed record ResumeLogin(string Token) : IRequest<Result<LoginView>>;

internal sealed class ResumeLoginHandler(IChatDbContext db, CurrentApplication current, ICredentialReader credentials)
    : IRequestHandler<ResumeLogin, Result<LoginView>>
{
    public async Task<Result<LoginView>> Handle(ResumeLogin request, CancellationToken cancellationToken)
    {
        if (await credentials.FindByLoginTokenAsync(SecretToken.Hash(request.Token), cancellationToken) is not { } caller)
        {
            return LoginErrors.Refused;
        }

        current.Use(caller.ApplicationId);
        var account = await db.Accounts.AsNoTracking().Include(a => a.User).FirstAsync(a => a.UserId == caller.UserId, cancellationToken);
        return new LoginView(request.Token, AccountView.Of(account));
    }
}
