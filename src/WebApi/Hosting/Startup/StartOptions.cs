namespace ChatPlatform.WebApi.Hosting.Startup;

/// <summary>What the command line and the configuration say about starting.</summary>
/// <param name="ConnectionString"><c>ConnectionStrings:ChatPlatform</c>; null runs a private PostgreSQL.</param>
/// <param name="DataFolder"><c>DataFolder</c>: where the private database, the credentials and uploads lie; <c>.chatplatform</c> by default.</param>
/// <param name="PostgresBinaries"><c>Postgres:Binaries</c>: the folder of <c>postgres</c> and <c>initdb</c>, searched for when not given.</param>
/// <param name="Demo">Whether to fill the first application with the generated community (<c>--demo</c>).</param>
internal sealed record StartOptions(string? ConnectionString, string DataFolder, string? PostgresBinaries, bool Demo)
{
    public bool IsPrivate => ConnectionString is null;

    public static StartOptions From(IConfiguration configuration, string[] args) => new(
        configuration.GetConnectionString("ChatPlatform") is { Length: > 0 } configured ? configured : null,
        Path.GetFullPath(configuration["DataFolder"] ?? ".chatplatform"),
        configuration["Postgres:Binaries"],
        args.Contains("--demo"));
}

/// <summary>The server cannot start; the message tells its owner what to do.</summary>
internal sealed class StartException(string message) : Exception(message);
