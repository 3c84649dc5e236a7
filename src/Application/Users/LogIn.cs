using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Users;

/// <summary>Ten consecutive wrong passwords block the account for five minutes (docs/contracts/engagement.md#login).</summary>
/// <param name="Login">A user name or e-mail address of the first application, or <c>{application key}/{name}</c>.</param>
public sealed record LogIn(string Login, string Password) : IRequest<Result<LoginView>>;

/// <param name="Token">Shown only once; only its hash is stored.</param>
public sealed record LoginView(string Token, AccountView Account);

internal sealed class LogInHandler(IChatDbContext db, CurrentApplication current, IPasswordHasher passwords, TimeProvider clock)
    : IRequestHandler<LogIn, Result<LoginView>>
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    private static string? _dummyHash;

    public async Task<Result<LoginView>> Handle(LogIn request, CancellationToken cancellationToken)
    {
        var (application, login) = await FindApplicationAsync(request.Login, cancellationToken);
        if (application is null)
        {
            passwords.Verify(DummyHash, request.Password);
            return LoginErrors.Refused;
        }

        current.Use(application.Value);
        var account = await db.Accounts.AsNoTracking()
            .FirstOrDefaultAsync(a => (a.User.Name == login || a.Email == login) && a.User.DeletedTime == null, cancellationToken);
        var now = clock.UtcNow();
        if (account?.IsBlocked(now) == true)
        {
            return LoginErrors.Blocked(account.BlockedUntil!.Value - now);
        }

        // Unknown names take the same time as wrong passwords, so that names cannot be probed.
        var isCorrect = passwords.Verify(account?.PasswordHash ?? DummyHash, request.Password);
        return account is null
            ? LoginErrors.Refused
            : await db.InTransactionAsync(() => RecordAttemptAsync(account.UserId, isCorrect, now, cancellationToken), cancellationToken);
    }

    /// <summary>Serialized by a lock: a password verified while other attempts blocked the account does not count.</summary>
    private async Task<Result<LoginView>> RecordAttemptAsync(long userId, bool isCorrect, DateTime now, CancellationToken cancellationToken)
    {
        await db.LockAsync<Account>([userId], cancellationToken);
        var account = await db.Accounts.Include(a => a.User).FirstOrDefaultAsync(a => a.UserId == userId, cancellationToken);
        if (account is null)
        {
            return LoginErrors.Refused;
        }

        if (account.IsBlocked(now))
        {
            return LoginErrors.Blocked(account.BlockedUntil!.Value - now);
        }

        if (!isCorrect)
        {
            account.RecordFailedLogin(now);
            await db.SaveChangesAsync(cancellationToken);
            return LoginErrors.WrongPassword;
        }

        account.RecordSuccessfulLogin();
        var token = SecretToken.Generate();
        db.LoginTokens.Add(LoginToken.Issue(SecretToken.Hash(token), account, now + Lifetime));
        await db.SaveChangesAsync(cancellationToken);
        return new LoginView(token, AccountView.Of(account));
    }

    private string DummyHash => _dummyHash ??= passwords.Hash("no such user");

    private async Task<(long? Id, string Login)> FindApplicationAsync(string login, CancellationToken cancellationToken)
    {
        var slash = login.IndexOf('/');
        if (slash > 0)
        {
            var key = login[..slash];
            var named = await db.Applications.Where(a => a.Key == key).Select(a => (long?)a.Id).FirstOrDefaultAsync(cancellationToken);
            if (named is not null)
            {
                return (named, login[(slash + 1)..]);
            }
        }

        return (await db.Applications.OrderBy(a => a.Id).Select(a => (long?)a.Id).FirstOrDefaultAsync(cancellationToken), login);
    }
}
