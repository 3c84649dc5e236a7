using System.Globalization;

namespace ChatPlatform.Infrastructure.Functions.Node;

/// <summary>One way to separate a process from the machine.</summary>
/// <param name="Description">For logs, to be read after "Functions run".</param>
/// <param name="HasOwnRoot">Whether the process has its own file system, with <c>/node</c>, <c>/runtime</c> and <c>/app</c>.</param>
internal sealed record SandboxProfile(string Description, bool HasOwnRoot, Func<uint, SandboxLauncher.Folders, IEnumerable<string>> Command)
{
    /// <summary>For name resolution and certificates.</summary>
    private static readonly string[] NetworkFiles =
    [
        "/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/ssl", "/etc/pki", "/etc/ca-certificates",
        "/usr/share/ca-certificates", "/usr/local/share/ca-certificates",
    ];

    /// <summary>Libraries that Node.js loads, without the programs of the system.</summary>
    private static readonly string[] Libraries =
        ["/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/nix/store", "/etc/ld.so.cache"];

    public static IEnumerable<SandboxProfile> ByStrength()
    {
        if (!OperatingSystem.IsLinux())
        {
            return [new("with the permission model of Node.js only, under the server's account", false, (_, _) => [])];
        }

        return Linux().OfType<SandboxProfile>();
    }

    private static IEnumerable<SandboxProfile?> Linux()
    {
        yield return Bubblewrap("in a bubblewrap sandbox", "--disable-userns");
        yield return Bubblewrap("in a bubblewrap sandbox");
        yield return Unshared();
        yield return SandboxLauncher.ToolOf("setpriv") is null ? null : new SandboxProfile(
            $"under {(SandboxLauncher.IsRoot ? "another" : "the server's")} account without a sandbox; network and processes are in reach",
            false,
            (user, _) => Account(user));

        // Never as root.
        yield return SandboxLauncher.IsRoot
            ? null
            : new SandboxProfile("under the server's account without a sandbox", false, (_, _) => []);
    }

    private static SandboxProfile? Bubblewrap(string description, params string[] more) =>
        SandboxLauncher.ToolOf("bwrap") is not { } program ? null : new SandboxProfile(description, true, (user, folders) =>
        [
            .. Sandbox(program, user, ["--unshare-all", "--unshare-user", .. more]),
            "--ro-bind", folders.Node, "/node",
            "--ro-bind", folders.Scripts, "/runtime",
            .. folders.Dependencies is { } dependencies ? new[] { "--ro-bind", dependencies, "/app" } : ["--dir", "/app"],
            "--dir", "/tmp", "--remount-ro", "/", "--chdir", "/",
        ])
        {
            Installer = (user, node, npm, folder) =>
            [
                .. Sandbox(program, user, ["--unshare-all", "--share-net", "--unshare-user", .. more]),
                .. NetworkFiles.Concat(Certificates()).SelectMany(BindReadOnly),
                "--tmpfs", "/tmp",
                .. new[] { node, npm }.SelectMany(path => new[] { "--ro-bind", path, path }),
                "--bind", folder, folder, "--remount-ro", "/", "--chdir", Path.Combine(folder, "app"),
            ],
        };

    /// <summary>The command for npm, with one writable folder and network access.</summary>
    public Func<uint, string, string, string, IEnumerable<string>> Installer { get; private init; } = (user, _, _, _) => Account(user);

    private static IEnumerable<string> Sandbox(string program, uint user, string[] isolation) =>
    [
        .. RunAs(user),
        program, .. isolation, "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "functions",
        .. Libraries.SelectMany(BindReadOnly),
        "--dir", "/dev", "--dev-bind", "/dev/null", "/dev/null", "--dev-bind", "/dev/urandom", "/dev/urandom",
    ];

    private static string[] BindReadOnly(string path) => ["--ro-bind-try", path, path];

    /// <summary>Certificates that environment variables name.</summary>
    private static IEnumerable<string> Certificates() =>
        new[] { "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR" }.Select(Environment.GetEnvironmentVariable).OfType<string>()
            .Where(Path.IsPathFullyQualified);

    /// <summary>Own network namespace without interfaces; the file system is the machine's.</summary>
    private static SandboxProfile? Unshared() => SandboxLauncher.ToolOf("unshare") is not { } program
        || SandboxLauncher.ToolOf("setpriv") is null
        ? null
        : new SandboxProfile(
            "without a sandbox for files and processes, but without network access",
            false,
            (user, _) =>
            [
                program, .. SandboxLauncher.IsRoot ? Array.Empty<string>() : ["--map-current-user"], "--net", "--ipc", "--",
                .. Account(user),
            ]);

    public static IEnumerable<string> Account(uint user) =>
        SandboxLauncher.Tool("setpriv", [.. SandboxLauncher.IsRoot ? Ids(user) : [], "--no-new-privs", "--pdeathsig", "KILL", "--"]);

    /// <summary>Without <c>--no-new-privs</c>: bubblewrap gains rights first and drops them inside.</summary>
    private static IEnumerable<string> RunAs(uint user) =>
        SandboxLauncher.IsRoot ? SandboxLauncher.Tool("setpriv", [.. Ids(user), "--"]) : [];

    private static string[] Ids(uint user)
    {
        var id = user.ToString(CultureInfo.InvariantCulture);
        return ["--reuid", id, "--regid", id, "--clear-groups", "--inh-caps=-all"];
    }
}
