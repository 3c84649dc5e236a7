using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Applications;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Applications;

/// <summary>Creates the first application, client and admin. Returns false, without changes, if an application exists.</summary>
public sealed record Bootstrap(BootstrapCredentials Credentials) : IRequest<Result<bool>>;

/// <param name="ClientId">Also the application's key.</param>
/// <param name="DeveloperKey">Sent as X-Api-Key by programs that only read statistics.</param>
public sealed record BootstrapCredentials(
    string ClientId, string ClientSecret, string DeveloperKey, string AdminUsername, string AdminPassword);

internal sealed class BootstrapHandler(IChatDbContext db, CurrentApplication current, IPasswordHasher passwords, TimeProvider clock)
    : IRequestHandler<Bootstrap, Result<bool>>
{
    public async Task<Result<bool>> Handle(Bootstrap request, CancellationToken cancellationToken)
    {
        if (await db.Applications.AnyAsync(cancellationToken))
        {
            return false;
        }

        var (clientId, clientSecret, developerKey, adminUsername, adminPassword) = request.Credentials;
        var now = clock.UtcNow();
        var application = Domain.Applications.Application.Create(clientId, "Default", now);
        db.Applications.Add(application);
        await db.SaveChangesAsync(cancellationToken);

        current.Use(application.Id);
        db.Clients.Add(Client.Create(
            application.Id, clientId, passwords.Hash(clientSecret), SecretToken.Hash(developerKey), Scopes.All, now));
        var admin = User.Create(application.Id, adminUsername, "Administrator", isGuest: false, properties: null, now);
        db.Users.Add(admin);
        db.Accounts.Add(Account.Create(admin, passwords.Hash(adminPassword), email: null, Account.AdminRole));
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
