using System.Security.Cryptography;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>The cluster's files: made once, its settings written before each start.</summary>
internal static class PostgresCluster
{
    /// <summary>The only role, a superuser.</summary>
    public const string Role = "chatplatform";

    /// <summary>
    /// What tells letters from other characters, the first that the machine has. Texts are sorted by their bytes all the same. With the
    /// last only ASCII has letters, and parts of words in other scripts are searched for without an index.
    /// </summary>
    private static readonly string[] Locales = OperatingSystem.IsWindows() ? ["C"] : ["C.UTF-8", "en_US.UTF-8", "C"];

    /// <summary>Makes the cluster unless it is there. It appears by one rename: a start broken off leaves none half made.</summary>
    public static async Task EnsureAsync(PostgresHome home, PostgresBinaries binaries, PrivatePostgresOptions options, CancellationToken ct)
    {
        if (home.ClusterMajor is not null)
        {
            return;
        }

        var staging = home.Data + ".new";
        foreach (var locale in Locales)
        {
            if (Directory.Exists(staging))
            {
                Directory.Delete(staging, recursive: true);
            }

            var result = await ChildProcess.RunAsync(binaries.InitDb, Arguments(home, staging, locale, options), home.User, home.Root, ct: ct);
            if (result.Succeeded)
            {
                break;
            }

            if (locale == Locales[^1])
            {
                throw new PrivatePostgresException($"PostgreSQL could not make its data folder {home.Data}:\n{result.Output}");
            }
        }

        await File.AppendAllTextAsync(Path.Combine(staging, "postgresql.conf"), $"\ninclude '{PostgresSettings.FileName}'\n", ct);
        Directory.Move(staging, home.Data);
    }

    public static async Task WriteSettingsAsync(PostgresHome home, string settings, CancellationToken ct)
    {
        // A new file and a rename: as root, what lies there already may be a link to somewhere else.
        var staging = Path.Combine(home.Data, $"{PostgresSettings.FileName}.{Guid.NewGuid():n}");
        await using (var file = new StreamWriter(staging, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write }))
        {
            await file.WriteAsync(settings.AsMemory(), ct);
        }

        if (home.User is not null && !OperatingSystem.IsWindows())
        {
            home.User.ChangeOwner(staging);
        }

        File.Move(staging, Path.Combine(home.Data, PostgresSettings.FileName), overwrite: true);
    }

    private static string[] Arguments(PostgresHome home, string staging, string locale, PrivatePostgresOptions options) =>
    [
        "-D", staging, "-U", Role, "-E", "UTF8", "--locale=C", $"--lc-ctype={locale}", "--no-instructions",
        .. options.Durable ? ["--data-checksums"] : (string[])["--no-sync"],
        .. options.OverTcp
            ? ["--auth=scram-sha-256", $"--pwfile={GeneratePassword(home)}"]
            : (string[])["--auth-local=trust", "--auth-host=reject"],
    ];

    private static string GeneratePassword(PostgresHome home)
    {
        File.WriteAllText(home.Password, RandomNumberGenerator.GetHexString(64, lowercase: true));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(home.Password, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            home.User?.ChangeOwner(home.Password);
        }

        return home.Password;
    }
}
