using System.Net;
using ChatPlatform.Infrastructure.Functions.Egress;

namespace ChatPlatform.Infrastructure.Functions;

/// <summary>How scripts run, and their limits (configuration section <c>Functions</c>).</summary>
public sealed class FunctionOptions
{
    /// <summary>Path of Node.js. Default: the one on PATH if it is recent enough, else the npm package, downloaded on first use.</summary>
    public string? Node { get; set; }

    /// <summary>
    /// Base address of the npm registry for Node.js, npm and packages. Default: the environment variable <c>npm_config_registry</c>, else
    /// the public registry.
    /// </summary>
    public Uri? Registry { get; set; }

    /// <summary>For the downloaded Node.js. Default: <c>chatplatform</c> in the user's cache folder.</summary>
    public string? CacheFolder { get; set; }

    /// <summary>Whether calls fail, with the reason, where bubblewrap cannot confine scripts.</summary>
    public bool RequireSandbox { get; set; }

    /// <summary>False ignores an installed bubblewrap.</summary>
    public bool UseSandbox { get; set; } = true;

    /// <summary>Heap, buffers and WebAssembly of a process, in MB of 2^20 bytes, beyond the 60 or so of Node.js itself.</summary>
    public int MemoryMegabytes { get; set; } = 192;

    /// <summary>Processor time of a process between two starts or ends of calls.</summary>
    public TimeSpan CpuTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Processes of all applications. One more replaces an idle one, or is refused.</summary>
    public int Processes { get; set; } = 32;

    /// <summary>Concurrent calls of one application.</summary>
    public int ConcurrentCalls { get; set; } = 8;

    /// <summary>Calls of one application that may wait for a free slot.</summary>
    public int QueuedCalls { get; set; } = 100;

    /// <summary>Time limit for the start of a process, including its initialization script.</summary>
    public TimeSpan StartTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a process without calls is kept.</summary>
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest delay before a process that keeps dying restarts; the first delay is a sixteenth of it.</summary>
    public TimeSpan MaxBackOff { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Console lines stored for a call.</summary>
    public int ConsoleLines { get; set; } = 500;

    /// <summary>Characters of console output stored for a call. A call that writes sixteen times as many is ended.</summary>
    public int ConsoleCharacters { get; set; } = 64 * 1024;

    /// <summary>Maximum length of a result, in characters of JSON.</summary>
    public int ResultCharacters { get; set; } = 256 * 1024;

    /// <summary>Pending operations of the calls of one process; one more ends the process.</summary>
    public int OpenOperations { get; set; } = 256;

    /// <summary>
    /// Folder of applications' packages; by default <c>functions</c> in the data folder. Servers on one database must share it.
    /// </summary>
    public string Folder { get; set; } = Path.Combine(".chatplatform", "functions");

    /// <summary>Packages of one application, including transitive ones.</summary>
    public int Packages { get; set; } = 500;

    /// <summary>Size of the packages on disk, in MB of 2^20 bytes.</summary>
    public int PackageMegabytes { get; set; } = 250;

    /// <summary>Time limit of an installation.</summary>
    public TimeSpan InstallTime { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>False ignores an installed Node.js.</summary>
    internal bool SearchesPath { get; set; } = true;

    /// <summary>
    /// Hosts for <c>fetch</c>, <c>http</c> and <c>https</c> of scripts, as <c>api.example.com</c>, <c>*.example.com</c> or
    /// <c>api.example.com:8443</c>. The server makes the requests, to public addresses only. Default: none.
    /// </summary>
    public string[] AllowedHosts { get; set; } = [];

    /// <summary>Maximum size of the response to a <c>fetch</c>.</summary>
    public int FetchBytes { get; set; } = 2 * 1024 * 1024;

    /// <summary>Time limit until the response to a <c>fetch</c> begins.</summary>
    public TimeSpan FetchTime { get; set; } = TimeSpan.FromSeconds(10);

    internal Func<IPAddress, bool> IsConnectAllowed { get; set; } = PublicAddresses.Contain;

    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; set; } = Dns.GetHostAddressesAsync;

    internal int FloodCharacters => ConsoleCharacters * 16;

    /// <returns>The first error, or null.</returns>
    internal string? Validate() => this switch
    {
        { MemoryMegabytes: < 32 or > 65536 } => "Functions:MemoryMegabytes must be between 32 and 65536.",
        { Processes: < 1 } => "Functions:Processes must be at least 1.",
        { ConcurrentCalls: < 1 } => "Functions:ConcurrentCalls must be at least 1.",
        { QueuedCalls: < 0 } => "Functions:QueuedCalls must not be negative.",
        { ConsoleLines: < 1 or > 100_000 } => "Functions:ConsoleLines must be between 1 and 100000.",
        { ConsoleCharacters: < 1024 or > 1 << 24 } => "Functions:ConsoleCharacters must be between 1024 and 16777216.",
        { ResultCharacters: < 1024 or > 1 << 20 } => "Functions:ResultCharacters must be between 1024 and 1048576.",
        { FetchBytes: < 1 or > 1 << 24 } => "Functions:FetchBytes must be between 1 and 16777216.",
        { Packages: < 1 } => "Functions:Packages must be at least 1.",
        { PackageMegabytes: < 1 or > 65536 } => "Functions:PackageMegabytes must be between 1 and 65536.",
        { OpenOperations: < 1 } => "Functions:OpenOperations must be at least 1.",
        _ when new[] { CpuTime, StartTime, IdleTime, MaxBackOff, FetchTime, InstallTime }.Any(
            time => time <= TimeSpan.Zero || time > TimeSpan.FromDays(1)) =>
            "Functions:CpuTime, :StartTime, :IdleTime, :MaxBackOff, :FetchTime and :InstallTime must be positive and at most one day.",
        { RequireSandbox: true, UseSandbox: false } => "Functions:RequireSandbox must not be true when Functions:UseSandbox is false.",
        _ => null,
    };
}
