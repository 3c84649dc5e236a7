namespace ChatPlatform.WebApi.Hosting.Startup;

/// <summary>The configured database, or the private server that lives as long as this process.</summary>
internal sealed class StartDatabase(string connectionString) : IAsyncDisposable
{
    public string ConnectionString { get; } = connectionString;

    public string? DataDirectory { get; }

    public static Task<StartDatabase> OpenAsync(StartOptions start, ILoggerFactory loggers, CancellationToken cancellationToken) =>
        Task.FromResult(new StartDatabase(start.ConnectionString ?? throw new StartException("ConnectionStrings:ChatPlatform is not set.")));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
