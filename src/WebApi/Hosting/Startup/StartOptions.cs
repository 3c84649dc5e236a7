namespace ChatPlatform.WebApi.Hosting.Startup;

/// <param name="ConnectionString"><c>ConnectionStrings:ChatPlatform</c>; null runs a private PostgreSQL.</param>
/// <param name="DataFolder"><c>DataFolder</c>: for the private database, credentials and uploads; <c>.chatplatform</c> by default.</param>
/// <param name="PostgresBinaries"><c>Postgres:Binaries</c>: the folder of <c>postgres</c> and <c>initdb</c>; null searches for it.</param>
/// <param name="Demo"><c>--demo</c>: fills the first application with generated data.</param>
internal sealed record StartOptions(string? ConnectionString, string DataFolder, string? PostgresBinaries, bool Demo)
{
    public bool IsPrivate => ConnectionString is null;

    public static StartOptions From(IConfiguration configuration, string[] args) => new(
        configuration.GetConnectionString("ChatPlatform") is { Length: > 0 } configured ? configured : null,
        Path.GetFullPath(configuration["DataFolder"] ?? ".chatplatform"),
        configuration["Postgres:Binaries"],
        args.Contains("--demo"));
}

/// <summary>The server cannot start; the message explains how to fix it.</summary>
internal sealed class StartException(string message) : Exception(message);
