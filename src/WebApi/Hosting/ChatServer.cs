using ChatPlatform.Infrastructure;
using ChatPlatform.Infrastructure.Postgres;
using ChatPlatform.Infrastructure.Secrets;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Errors;
using ChatPlatform.WebApi.Hosting.OpenApi;
using ChatPlatform.WebApi.Hosting.RateLimits;
using ChatPlatform.WebApi.Hosting.Startup;
using Microsoft.AspNetCore.HttpOverrides;
using Npgsql;

namespace ChatPlatform.WebApi.Hosting;

internal static class ChatServer
{
    private const long MaxJsonBodyBytes = 1024 * 1024;

    /// <returns>The exit code: 0 after an orderly stop, 1 if the server could not start.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var start = StartOptions.From(builder.Configuration, args);
        builder.AddServerLogging(start);
        using var loggers = LoggerFactory.Create(logging =>
            logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
        try
        {
            using var signals = new StartSignals();
            await using var database = await StartDatabase.OpenAsync(start, loggers, signals.Stopping);
            var credentials = CredentialsFile.Load(builder.Configuration, start.DataFolder);
            builder.Configuration["Secrets:Key"] = credentials.SecretKey;
            await using var app = Build(builder, start, database.ConnectionString);
            await app.InitializeAsync(start, database, credentials, signals.Stopping);
            signals.Dispose();
            await app.RunAsync();
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception refused) when (refused is StartException or SecretKeyException or PrivatePostgresException
            or NpgsqlException or IOException)
        {
            await Console.Error.WriteLineAsync($"ChatPlatform cannot start: {refused.Message}");
            return 1;
        }
    }

    private static WebApplication Build(WebApplicationBuilder builder, StartOptions start, string connectionString)
    {
        builder.Configuration["DataFolder"] ??= start.DataFolder;
        if (builder.Configuration["urls"] is null && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists()
            && builder.Configuration["http_ports"] is null)
        {
            builder.WebHost.UseUrls("http://localhost:3000");
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxJsonBodyBytes;
        });
        builder.Services.AddInfrastructure(connectionString);
        builder.Services.AddDialects();
        builder.Services.AddCallerAuthentication();
        builder.Services.AddSingleton<FixedWindowCounter>();
        builder.Services.AddSingleton<ServerAddress>();
        builder.Services.AddSingleton<InternalApiClient>();
        builder.Services.AddApiDescriptions();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database", tags: [DatabaseHealthCheck.Ready]);
        builder.Services.AddTelemetry(builder.Configuration);
        builder.Services.Configure<PublicAddressOptions>(builder.Configuration);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            foreach (var proxy in builder.Configuration.GetSection("KnownProxies").Get<string[]>() ?? [])
            {
                options.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
            }
        });

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseMiddleware<RequestLogMiddleware>();
        app.Services.GetRequiredService<InternalApiClient>().UsePipelineOf(app);
        app.UseMiddleware<FailureMiddleware>();
        app.UseApiDocs();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseAuthorization();
        app.MapControllers();
        app.MapApiDescriptions();
        app.MapHealth();
        return app;
    }
}
