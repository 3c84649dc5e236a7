using System.Data.Common;
using ChatPlatform.Application;
using ChatPlatform.Application.Applications;
using ChatPlatform.Application.Common;
using ChatPlatform.Infrastructure.ChatConnectors;
using ChatPlatform.Infrastructure.Erasure;
using ChatPlatform.Infrastructure.Files;
using ChatPlatform.Infrastructure.Functions;
using ChatPlatform.Infrastructure.Functions.Delivery;
using ChatPlatform.Infrastructure.Identity;
using ChatPlatform.Infrastructure.Jobs;
using ChatPlatform.Infrastructure.Notifications;
using ChatPlatform.Infrastructure.Persistence;
using ChatPlatform.Infrastructure.Secrets;
using ChatPlatform.Infrastructure.Sessions;
using ChatPlatform.Infrastructure.Statistics;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ChatPlatform.Infrastructure;

public static class DependencyInjection
{
    /// <summary>Shared by all contexts: EF builds its internal services again for each new instance of an interceptor.</summary>
    private static readonly IInterceptor[] Interceptors = [new StoreFunctionTranslation(), new UnpreparedStatements()];

    /// <summary>EF logs these failures with a stack trace and throws them as well; who catches them logs them.</summary>
    private static readonly EventId[] LoggedByCallers =
    [
        CoreEventId.QueryIterationFailed, CoreEventId.SaveChangesFailed, RelationalEventId.ConnectionError,
        RelationalEventId.TransactionError, RelationalEventId.CommandError,
    ];

    /// <param name="connectionString">An Npgsql connection string. Its role only needs to read and write rows.</param>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, string connectionString)
    {
        connectionString = WithPreparedStatements(connectionString);
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(connectionString).Build());
        services.AddPooledDbContextFactory<ChatDbContext>(
            (provider, options) => Configure(options, provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddScoped<CurrentApplication>();
        services.AddScoped<ICurrentApplication>(provider => provider.GetRequiredService<CurrentApplication>());
        services.AddScoped(Lease);
        services.AddScoped<IChatDbContext>(provider => provider.GetRequiredService<ChatDbContext>());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IPasswordHasher, IdentityPasswordHasher>();
        services.AddSingleton<ICredentialReader, CredentialReader>();
        services.AddScoped<IIdempotency, Idempotency.Idempotency>();
        services.AddFiles();
        services.AddFunctionRuntime();
        services.AddFunctionDelivery();
        services.AddJobs();
        services.AddErasure();
        services.AddSecrets();
        services.AddSessions();
        services.AddStatistics(connectionString);
        services.AddNotifications();
        services.AddChatConnectors();
        services.AddApplication();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(DatabaseConflicts<,>));
        return services;
    }

    public static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, NpgsqlDataSource source) => options
        .UseNpgsql(source, npgsql => npgsql.MigrationsAssembly("ChatPlatform.Migrations").MigrationsHistoryTable("migrations_history"))
        .UseSnakeCaseNamingConvention()
        .AddInterceptors(Interceptors)
        .ConfigureWarnings(warnings => warnings.Ignore(LoggedByCallers));

    /// <summary>Prepares repeated statements, unless the connection string sets <c>Max Auto Prepare</c>.</summary>
    private static string WithPreparedStatements(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (!new DbConnectionStringBuilder { ConnectionString = connectionString }.ContainsKey("Max Auto Prepare"))
        {
            builder.MaxAutoPrepare = 100;
        }

        return builder.ConnectionString;
    }

    /// <summary>A pooled context for the application of the scope. It shows no tenant rows before one is chosen.</summary>
    private static ChatDbContext Lease(IServiceProvider provider)
    {
        var context = provider.GetRequiredService<IDbContextFactory<ChatDbContext>>().CreateDbContext();
        var application = provider.GetRequiredService<CurrentApplication>();
        context.ApplicationId = application.IsKnown ? application.Id : 0;
        application.Chosen += id => context.ApplicationId = id;
        return context;
    }
}
