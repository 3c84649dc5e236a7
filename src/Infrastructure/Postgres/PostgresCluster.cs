using System.Security.Cryptography;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>The cluster's files: created once, settings written before each start.</summary>
internal static class PostgresCluster
{
    /// <summary>The only role; a superuser.</summary>
    public const string Role = "chatplatform";

    /// <summary>Tried in order; the locale decides what a letter is. Sorting is by bytes. With C, searches in other scripts are slow.</summary>
    private static readonly string[] Locales = OperatingSystem.IsWindows() ? ["C"] : ["C.UTF-8", "en_US.UTF-8", "C"];

    /// <summary>Creates the cluster unless it exists. It appears by one rename: an interrupted start leaves nothing partial.</summary>
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

            var arguments = Arguments(home, staging, locale, options);
            var result = await ChildProcess.RunAsync(binaries.InitDb, arguments, home.User, home.Root, ct: ct);
            if (result.Succeeded)
            {
                break;
            }

            if (locale == Locales[^1])
            {
                throw new PrivatePostgresException($"PostgreSQL could not create its data folder {home.Data}:\n{result.Output}");
            }
        }

        await File.AppendAllTextAsync(Path.Combine(staging, "postgresql.conf"), $"\ninclude '{PostgresSettings.FileName}'\n", ct);
        Directory.Move(staging, home.Data);
    }

    public static async Task WriteSettingsAsync(PostgresHome home, string settings, CancellationToken ct)
    {
        // A new file and a rename: for root, an existing file may be a link to elsewhere.
        var staging = Path.Combine(home.Data, $"{PostgresSettings.FileName}.{Guid.NewGuid():n}");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            await using (var file = new StreamWriter(staging, options))
            {
                await file.WriteAsync(settings.AsMemory(), ct);
            }

            if (home.User is not null && !OperatingSystem.IsWindows())
            {
                home.User.ChangeOwner(staging);
            }

            File.Move(staging, Path.Combine(home.Data, PostgresSettings.FileName), overwrite: true);
        }
        finally
        {
            // Left by a full disk, on which each attempt to start would leave another.
            File.Delete(staging);
        }
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
