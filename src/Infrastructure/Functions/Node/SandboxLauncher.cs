using System.Diagnostics;
using System.Globalization;
using ChatPlatform.Infrastructure.Postgres;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Functions.Node;

/// <summary>
/// Starts sandboxed processes through a chain of programs in front of Node.js. Each drops some rights and then executes the next one.
/// </summary>
internal sealed class SandboxLauncher
{
    /// <summary>
    /// Writable memory of Node.js itself, mostly address space for compiled code that is never touched. This limit only stops scripts
    /// that allocate faster than the server measures the memory in use.
    /// </summary>
    private const int OverheadMegabytes = 768;

    // The range of dynamic users of service managers: every container has it, and no account is in it.
    private const uint FirstUser = 61184;
    private const uint Users = 4096;
    private const uint Installer = FirstUser + Users;

    /// <summary>Proxies and certificates.</summary>
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

    /// <summary>For logs, to be read after "Functions run".</summary>
    public string Description => _profile.Description;

    /// <summary>Whether processes have their own file system and network.</summary>
    public bool IsSandbox => _profile.HasOwnRoot;

    /// <summary>Uses the strongest profile that works here.</summary>
    /// <exception cref="FunctionsUnavailableException">No permitted profile works.</exception>
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
                        "Functions run {Sandbox}. Install bubblewrap, or see docs/functions-security.md for the risks. "
                        + "{Failures}",
                        profile.Description, string.Join(' ', failures));
                }

                return found;
            }

            failures.Add($"Not {profile.Description}: {result?.Errors.Trim() ?? "it did not start"}");
        }

        throw new FunctionsUnavailableException(
            $"Scripts cannot be sandboxed here{(options.RequireSandbox ? " by bubblewrap, which Functions:RequireSandbox requires" : "")}. "
            + string.Join(' ', failures));
    }

    /// <summary>The folder that scripts see as theirs, where packages are resolved.</summary>
    public string DependenciesPath(string? dependencies) => _profile.HasOwnRoot || dependencies is null ? "/app" : dependencies;

    /// <param name="dependencies">The folder that holds <c>node_modules</c>.</param>
    /// <param name="arguments">Arguments of Node.js.</param>
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

        // Not inherited: the environment of the server holds its secrets.
        start.Environment.Clear();
        start.Environment["HOME"] = start.WorkingDirectory;
        if (OperatingSystem.IsWindows())
        {
            start.Environment["SystemRoot"] = Environment.GetEnvironmentVariable("SystemRoot");
        }

        return start;
    }

    /// <param name="script">A file of runtime-js, such as <c>main.mjs</c>.</param>
    public ProcessStartInfo StartScript(long applicationId, string? dependencies, string script) => Start(
        applicationId, dependencies, [.. Restrictions(dependencies), Path.Combine(_profile.HasOwnRoot ? "/runtime" : _scripts, script)]);

    /// <summary>Node.js checks a module that it reads from its standard input.</summary>
    public ProcessStartInfo StartModuleCheck() => Start(0, null, [.. Restrictions(null), "--check", "--input-type=module", "-"]);

    /// <summary>
    /// npm does not run the packages that it installs, but it parses foreign archives. It is sandboxed like scripts, except that it has
    /// network access.
    /// </summary>
    /// <param name="npm">Folder of npm.</param>
    /// <param name="folder">The only writable folder; npm runs in its subfolder <c>app</c>.</param>
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

    /// <summary>The account that must be able to read files of processes; null when they run under the server's own.</summary>
    public static UnprivilegedUser? RuntimeUser() =>
        OperatingSystem.IsWindows() || !UnprivilegedUser.IsNeeded ? null : UnprivilegedUser.Nobody();

    /// <summary>The account of npm; null for the server's own.</summary>
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

        // Counted by account, and the server's own account has other processes.
        return IsRoot ? [.. limits, "--nproc=256"] : limits;
    }

    internal static IEnumerable<string> Tool(string name, params IEnumerable<string> arguments) =>
        ToolOf(name) is { } program ? [program, .. arguments] : [];

    internal static string? ToolOf(string name) => OperatingSystem.IsWindows() ? null
        : new[] { "/usr/bin", "/bin", "/usr/local/bin" }.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    internal sealed record Folders(string Node, string Scripts, string? Dependencies);

    internal static bool IsRoot => !OperatingSystem.IsWindows() && UnprivilegedUser.IsNeeded;
}
