using ChatPlatform.Infrastructure.Postgres;

namespace ChatPlatform.WebApi.Hosting.Startup;

/// <summary>The configured database, or a private server that stops with this process.</summary>
internal sealed class StartDatabase(string connectionString, PrivatePostgres? server) : IAsyncDisposable
{
    public string ConnectionString { get; } = connectionString;

    public string? DataDirectory { get; } = server?.DataDirectory;

    public static async Task<StartDatabase> OpenAsync(StartOptions start, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (start.ConnectionString is { } configured)
        {
            return new StartDatabase(configured, null);
        }

        var options = new PrivatePostgresOptions
        {
            DataDirectory = Path.Combine(start.DataFolder, "postgres"),
            BinariesDirectory = start.PostgresBinaries,
        };
        var server = await PrivatePostgres.StartAsync(options, loggers.CreateLogger<PrivatePostgres>(), cancellationToken);
        return new StartDatabase(server.ConnectionString, server);
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
