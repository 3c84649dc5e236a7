using System.Diagnostics;
using System.Globalization;
using ChatPlatform.Infrastructure.Postgres;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Functions.Node;

/// <summary>
/// How processes for scripts are started so that they can do little: the programs in front of Node.js, each of which takes something away
/// and then becomes the next one.
/// </summary>
internal sealed class SandboxLauncher
{
    /// <summary>
    /// What Node.js has as writable memory besides what scripts use, most of it address space for compiled code that is never touched. So
    /// this is a bound for what outruns the watch over the memory really used.
    /// </summary>
    private const int OverheadMegabytes = 768;

    // Where service managers, too, take passing users from: every container has them, and no account does.
    private const uint FirstUser = 61184;
    private const uint Users = 4096;
    private const uint Installer = FirstUser + Users;

    /// <summary>How the machine reaches the outside.</summary>
    private static readonly string[] NetworkVariables =
    [
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE",
        "SSL_CERT_DIR", "SystemRoot",
    ];

    private readonly string _node;
    private readonly string _scripts;
    private readonly int _memoryMegabytes;
    private readonly SandboxProfile _profile;

    private SandboxLauncher(SandboxProfile profile, string node, string scripts, int memoryMegabytes) =>
        (_profile, _node, _scripts, _memoryMegabytes) = (profile, node, scripts, memoryMegabytes);

    /// <summary>For people, as "confined by bubblewrap".</summary>
    public string Description => _profile.Description;

    /// <summary>Whether the processes have a file system and a network of their own.</summary>
    public bool IsSandbox => _profile.HasOwnRoot;

    /// <summary>The strongest that works here.</summary>
    /// <exception cref="FunctionsUnavailableException">None does that may be used.</exception>
    public static async Task<SandboxLauncher> FindAsync(
        FunctionOptions options, string node, string scripts, ILogger logger, CancellationToken ct)
    {
        var failures = new List<string>();
        foreach (var profile in SandboxProfile.ByStrength())
        {
            if ((profile.HasOwnRoot && !options.UseSandbox) || (!profile.HasOwnRoot && options.RequireSandbox))
            {
                continue;
            }

            var found = new SandboxLauncher(profile, node, scripts, options.MemoryMegabytes);
            var result = await OneShotProcess.TryRunAsync(found.Start(0, dependencies: null, "--version"), input: null, ct);
            if (result is { ExitCode: 0 })
            {
                if (!profile.HasOwnRoot)
                {
                    logger.LogWarning(
                        "Functions run {Sandbox}: install bubblewrap, or see docs/functions-security.md for what that leaves open. "
                        + "{Failures}",
                        profile.Description, string.Join(' ', failures));
                }

                return found;
            }

            failures.Add($"Not {profile.Description}: {result?.Errors.Trim() ?? "it could not be started"}");
        }

        throw new FunctionsUnavailableException(
            $"Scripts cannot be confined here{(options.RequireSandbox ? " by bubblewrap, which Functions:RequireSandbox asks for" : "")}. "
            + string.Join(' ', failures));
    }

    /// <summary>The folder that scripts are told they lie in, and from which packages are looked for.</summary>
    public string DependenciesPath(string? dependencies) => _profile.HasOwnRoot || dependencies is null ? "/app" : dependencies;

    /// <param name="dependencies">The folder that holds <c>node_modules</c>; null: none.</param>
    /// <param name="arguments">Of Node.js.</param>
    public ProcessStartInfo Start(long applicationId, string? dependencies, params IEnumerable<string> arguments)
    {
        var folders = new Folders(_node, _scripts, dependencies);
        string[] command =
        [
            .. Tool("nice", "-n", "10"),
            .. Tool("choom", "-n", "1000", "--"),
            .. Tool("prlimit", [.. Limits(), "--"]),
            .. _profile.Command(FirstUser + (uint)(applicationId % Users), folders),
            _profile.HasOwnRoot ? "/node" : _node,
            .. arguments,
        ];
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = Path.GetPathRoot(_node)! };

        // Nothing is inherited: the environment of the server holds its secrets.
        start.Environment.Clear();
        start.Environment["HOME"] = start.WorkingDirectory;
        if (OperatingSystem.IsWindows())
        {
            start.Environment["SystemRoot"] = Environment.GetEnvironmentVariable("SystemRoot");
        }

        return start;
    }

    /// <summary>A process in which scripts run, or are read.</summary>
    /// <param name="script">One of ours, as <c>main.mjs</c>.</param>
    public ProcessStartInfo StartScript(long applicationId, string? dependencies, string script) =>
        Start(applicationId, dependencies, [.. Restrictions(dependencies), Path.Combine(_profile.HasOwnRoot ? "/runtime" : _scripts, script)]);

    /// <summary>Node.js's own check of a module that it reads from its standard input.</summary>
    public ProcessStartInfo StartModuleCheck() => Start(0, null, [.. Restrictions(null), "--check", "--input-type=module", "-"]);

    /// <summary>
    /// npm, which runs nothing of what it brings, but reads what strangers have packed: confined as scripts are, only that it has the
    /// network.
    /// </summary>
    /// <param name="npm">Its folder.</param>
    /// <param name="folder">The only one that it writes to; it runs in <c>app</c> below.</param>
    public ProcessStartInfo StartNpm(string npm, string folder, long maxFileBytes, params IEnumerable<string> arguments)
    {
        string[] command =
        [
            .. Tool("nice", "-n", "10"),
            .. Tool("prlimit", $"--fsize={maxFileBytes.ToString(CultureInfo.InvariantCulture)}", "--nofile=4096", "--core=0", "--"),
            .. _profile.Installer(Installer, _node, npm, folder),
            _node, "--use-system-ca", "--max-old-space-size=512", Path.Combine(npm, "bin", "npm-cli.js"), .. arguments,
        ];
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = Path.Combine(folder, "app") };
        var inherited = NetworkVariables.Where(start.Environment.ContainsKey).ToDictionary(name => name, name => start.Environment[name]);
        start.Environment.Clear();
        foreach (var (name, value) in inherited)
        {
            start.Environment[name] = value;
        }

        start.Environment["HOME"] = folder;
        return start;
    }

    /// <summary>Whose eyes what processes read must be open to: null where they run under the server's own account.</summary>
    public static UnprivilegedUser? RuntimeUser() =>
        OperatingSystem.IsWindows() || !UnprivilegedUser.IsNeeded ? null : UnprivilegedUser.Nobody();

    /// <summary>The account that npm writes under; null where that is the server's own.</summary>
    public static UnprivilegedUser? InstallerUser() =>
        OperatingSystem.IsWindows() || !UnprivilegedUser.IsNeeded ? null : new UnprivilegedUser("functions", Installer, Installer);

    private IEnumerable<string> Restrictions(string? dependencies)
    {
        yield return "--permission";
        yield return $"--allow-fs-read={(_profile.HasOwnRoot ? "/runtime" : _scripts)}";
        if (dependencies is not null)
        {
            yield return $"--allow-fs-read={DependenciesPath(dependencies)}";
        }

        yield return "--no-addons";
        yield return "--disable-sigusr1";
        yield return "--no-warnings";
        yield return "--v8-pool-size=2";
        yield return string.Create(CultureInfo.InvariantCulture, $"--max-old-space-size={_memoryMegabytes}");
        yield return "--max-semi-space-size=8";
    }

    private string[] Limits()
    {
        var bytes = (_memoryMegabytes + OverheadMegabytes) * 1024L * 1024;
        string[] limits = [$"--data={bytes.ToString(CultureInfo.InvariantCulture)}", "--nofile=128", "--core=0", "--fsize=0"];

        // Counted by account: the server's own has processes of its own.
        return IsRoot ? [.. limits, "--nproc=256"] : limits;
    }

    internal static IEnumerable<string> Tool(string name, params IEnumerable<string> arguments) =>
        ToolOf(name) is { } program ? [program, .. arguments] : [];

    internal static string? ToolOf(string name) => OperatingSystem.IsWindows() ? null
        : new[] { "/usr/bin", "/bin", "/usr/local/bin" }.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    internal sealed record Folders(string Node, string Scripts, string? Dependencies);

    internal static bool IsRoot => !OperatingSystem.IsWindows() && UnprivilegedUser.IsNeeded;
}
