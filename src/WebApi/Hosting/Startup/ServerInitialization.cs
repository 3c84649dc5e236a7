using ChatPlatform.Infrastructure.Demo;
using ChatPlatform.Infrastructure.Persistence;
using ChatPlatform.Infrastructure.Secrets;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.WebApi.Hosting.Startup;

internal static class ServerInitialization
{
    public static async Task InitializeAsync(
        this WebApplication app,
        StartOptions start,
        StartDatabase database,
        CredentialsFile credentials,
        CancellationToken cancellationToken)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ChatDbContext>();
        await MigrateAsync(db, start, cancellationToken);

        var created = await scope.ServiceProvider.GetRequiredService<IMediator>()
            .Send(new Application.Applications.Bootstrap(credentials.Values), cancellationToken);
        await app.Services.GetRequiredService<SecretKeys>().RotateAsync(cancellationToken);
        if (created.Value || credentials.IsSecretKeyNew)
        {
            credentials.Save(withClient: created.Value);
        }

        var demo = start.Demo ? await SeedDemoAsync(app.Services, cancellationToken) : null;
        app.Lifetime.ApplicationStarted.Register(() => StartupBanner.Print(app, database, credentials, created.Value, demo));
    }

    private static async Task<DemoSummary?> SeedDemoAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ChatDbContext>();
        var first = await db.Applications.OrderBy(application => application.Id).Select(application => application.Id)
            .FirstAsync(cancellationToken);
        return await new DemoCommunity(db, scope.ServiceProvider.GetRequiredService<TimeProvider>()).SeedAsync(first, cancellationToken);
    }

    private static async Task MigrateAsync(ChatDbContext db, StartOptions start, CancellationToken cancellationToken)
    {
        if (start.IsPrivate)
        {
            await db.Database.MigrateAsync(cancellationToken);
            return;
        }

        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count > 0)
        {
            throw new StartException(
                $"""
                The database is missing {pending.Count} migration(s): {string.Join(", ", pending)}.
                Apply them with the owner's role, then start again:

                    ConnectionStrings__ChatPlatform='<owner connection string>' dotnet run --project migrations -- apply

                """);
        }
    }
}
