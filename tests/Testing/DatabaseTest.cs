using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure;
using ChatPlatform.Infrastructure.Persistence;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using NUnit.Framework;

namespace ChatPlatform.Testing;

/// <summary>
/// A fixture with a database of its own, with the seeded community restored before each test, and the layers below HTTP.
/// No background worker runs.
/// </summary>
public abstract class DatabaseTest
{
    private ServiceProvider? _services;

    protected TestDatabase Database { get; private set; } = null!;

    protected NpgsqlDataSource DataSource => Database.DataSource;

    protected TestClock Clock { get; private set; } = null!;

    /// <summary>The application and infrastructure layers, with <see cref="Clock"/>. Made when first asked for.</summary>
    protected IServiceProvider Services => _services ??= BuildServices();

    [OneTimeSetUp]
    public async Task CloneDatabase()
    {
        Clock = new TestClock();
        Database = await TestDatabase.CloneAsync();
    }

    [SetUp]
    public async Task ResetDatabase()
    {
        Clock.Now = SeededCommunity.Now;
        await Database.ResetAsync();
    }

    [OneTimeTearDown]
    public async Task DropDatabase()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        await Database.DisposeAsync();
    }

    protected ChatDbContext ContextFor(SeededApplication application) => Database.ContextFor(application.Id);

    /// <summary>Runs a use case for an application, in a scope of its own, through the whole pipeline.</summary>
    protected async Task<Result<T>> SendAsync<T>(SeededApplication application, IRequest<Result<T>> request)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(application.Id);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    /// <summary>For fixtures that replace a service by one of their own.</summary>
    protected virtual void ConfigureServices(IServiceCollection services) { }

    private ServiceProvider BuildServices()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddInfrastructure(Database.ConnectionString);
        services.AddSingleton<TimeProvider>(Clock);
        ConfigureServices(services);
        return services.BuildServiceProvider(validateScopes: true);
    }
}
