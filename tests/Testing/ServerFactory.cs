using System.Globalization;
using System.Net.Http.Headers;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Applications;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NpgsqlTypes;

namespace ChatPlatform.Testing;

/// <summary>The complete server in this process, with a test's database and clock.</summary>
/// <param name="workers">Whether background workers run.</param>
public sealed class ServerFactory(TestDatabase database, TestClock clock, bool workers = false) : WebApplicationFactory<Program>
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(12);

    private readonly DirectoryInfo _dataFolder = Directory.CreateTempSubdirectory("chatplatform-test-");

    /// <summary>More configuration, as <c>Section:Key</c>; set before the server starts.</summary>
    public IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    /// <summary>Replaces services; set before the server starts.</summary>
    public Action<IServiceCollection> Replacements { get; set; } = _ => { };

    /// <summary>A client without credentials.</summary>
    public HttpClient Anonymous() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>A client with a bearer token of these scopes; all scopes if none is given.</summary>
    public HttpClient ClientFor(SeededApplication application, params string[] scopes)
    {
        var token = SecretToken.Generate();
        using var command = database.DataSource.CreateCommand(
            "INSERT INTO access_tokens (token_hash, application_id, client_id, scopes, expires_time) "
            + "SELECT $1, application_id, id, $2, $3 FROM clients WHERE client_id = $4");
        command.Parameters.Add(new() { Value = SecretToken.Hash(token) });
        command.Parameters.Add(new() { Value = scopes.Length > 0 ? scopes : Scopes.All.ToArray() });
        command.Parameters.Add(new() { Value = clock.Now + TokenLifetime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = application.ClientId });
        command.ExecuteNonQuery();

        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A client with the developer key.</summary>
    public HttpClient DeveloperFor(SeededApplication application)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Add("X-Api-Key", application.DeveloperKey);
        return client;
    }

    /// <summary>A client with the login token of a user.</summary>
    public HttpClient LoginFor(SeededApplication application, SeededUser user)
    {
        var token = SecretToken.Generate();
        using var command = database.DataSource.CreateCommand(
            "INSERT INTO login_tokens (token_hash, application_id, user_id, expires_time) VALUES ($1, $2, $3, $4)");
        command.Parameters.Add(new() { Value = SecretToken.Hash(token) });
        command.Parameters.Add(new() { Value = application.Id });
        command.Parameters.Add(new() { Value = user.Id });
        command.Parameters.Add(new() { Value = clock.Now + TokenLifetime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.ExecuteNonQuery();

        var client = Anonymous();
        client.DefaultRequestHeaders.Add("X-Auth-Token", token);
        client.DefaultRequestHeaders.Add("X-User-Id", user.Id.ToString(CultureInfo.InvariantCulture));
        return client;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _dataFolder.Refresh();
        if (_dataFolder.Exists)
        {
            _dataFolder.Delete(recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing");
        builder.UseSetting("ConnectionStrings:ChatPlatform", database.ConnectionString);
        builder.UseSetting("DataFolder", _dataFolder.FullName);
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            if (!workers)
            {
                RemoveWorkers(services);
            }

            Replacements(services);
        });
    }

    protected override IHost CreateHost(IHostBuilder builder)
    {
        var host = base.CreateHost(builder);

        // Lets async-local state of a test, such as a CommandCounter, flow into the request.
        if (host.Services.GetRequiredService<IServer>() is TestServer server)
        {
            server.PreserveExecutionContext = true;
        }

        return host;
    }

    private static bool IsOwnWorker(ServiceDescriptor service)
    {
        var implementation = service.ImplementationType ?? service.ImplementationFactory?.Method.DeclaringType;
        return implementation?.Assembly.GetName().Name!.StartsWith("ChatPlatform", StringComparison.Ordinal) ?? false;
    }

    /// <summary>Keeps the hosted services of ASP.NET Core, which are the server.</summary>
    private static void RemoveWorkers(IServiceCollection services)
    {
        var ownWorkers = services.Where(service => service.ServiceType == typeof(IHostedService) && IsOwnWorker(service)).ToList();
        ownWorkers.ForEach(service => services.Remove(service));
    }
}
