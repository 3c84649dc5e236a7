using System.Net;
using ChatPlatform.Infrastructure.Functions.Egress;

namespace ChatPlatform.Infrastructure.Functions;

/// <summary>How scripts of applications are run, and what they may use (configuration section <c>Functions</c>).</summary>
public sealed class FunctionOptions
{
    /// <summary>
    /// The program of Node.js. Default: the one on PATH if it is new enough, else the npm package, fetched at the first use.
    /// </summary>
    public string? Node { get; set; }

    /// <summary>
    /// Base address of the npm registry that Node.js itself and applications' packages come from.
    /// Default: the environment's <c>npm_config_registry</c>, else the public registry.
    /// </summary>
    public Uri? Registry { get; set; }

    /// <summary>Where the fetched Node.js is kept. Default: <c>chatplatform</c> in the user's cache folder.</summary>
    public string? CacheFolder { get; set; }

    /// <summary>Whether scripts run only where bubblewrap confines them; where it cannot, calls fail and say why.</summary>
    public bool RequireSandbox { get; set; }

    /// <summary>False does without bubblewrap although it is there.</summary>
    public bool UseSandbox { get; set; } = true;

    /// <summary>
    /// What a process may use beyond what Node.js itself needs (some 60), in MB of 2^20 bytes: heap, buffers, WebAssembly.
    /// </summary>
    public int MemoryMegabytes { get; set; } = 192;

    /// <summary>Processor time a process may use from the start or end of one call to that of the next.</summary>
    public TimeSpan CpuTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Processes of all applications. One more takes the place of one that has nothing to do, or is refused.</summary>
    public int Processes { get; set; } = 32;

    /// <summary>Calls that run at the same time in the process of one application.</summary>
    public int ConcurrentCalls { get; set; } = 8;

    /// <summary>Calls of one application that may wait for a place.</summary>
    public int QueuedCalls { get; set; } = 100;

    /// <summary>How long starting a process may take, its initialization script included.</summary>
    public TimeSpan StartTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a process without calls is kept.</summary>
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest wait before a process that keeps dying is started again; the first is a sixteenth of it.</summary>
    public TimeSpan MaxBackOff { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Console lines kept of a call.</summary>
    public int ConsoleLines { get; set; } = 500;

    /// <summary>Characters of console output kept of a call. One that writes sixteen times as many is ended.</summary>
    public int ConsoleCharacters { get; set; } = 64 * 1024;

    /// <summary>The longest result, as characters of JSON.</summary>
    public int ResultCharacters { get; set; } = 256 * 1024;

    /// <summary>Operations that calls of one process ask for and are still waiting for; one more ends the process.</summary>
    public int OpenOperations { get; set; } = 256;

    /// <summary>
    /// Where applications' packages are kept; <c>functions</c> in the data folder by default. Several servers on one database must share
    /// it.
    /// </summary>
    public string Folder { get; set; } = Path.Combine(".chatplatform", "functions");

    /// <summary>Packages one application may have, those that its packages need included.</summary>
    public int Packages { get; set; } = 500;

    /// <summary>What they may take on the disk, in MB of 2^20 bytes.</summary>
    public int PackageMegabytes { get; set; } = 250;

    /// <summary>How long installing them may take.</summary>
    public TimeSpan InstallTime { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>False passes over what the machine has installed.</summary>
    internal bool SearchesPath { get; set; } = true;

    /// <summary>
    /// Hosts that scripts may ask with <c>fetch</c>, <c>http</c> and <c>https</c>, as <c>api.example.com</c>, <c>*.example.com</c> or
    /// <c>api.example.com:8443</c>. The server asks for them, and only at public addresses. Default: none, no script reaches any network.
    /// </summary>
    public string[] AllowedHosts { get; set; } = [];

    /// <summary>The longest answer to a <c>fetch</c>.</summary>
    public int FetchBytes { get; set; } = 2 * 1024 * 1024;

    /// <summary>How long a <c>fetch</c> may take until its answer begins.</summary>
    public TimeSpan FetchTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Public ones.</summary>
    internal Func<IPAddress, bool> IsConnectAllowed { get; set; } = PublicAddresses.Contain;

    /// <summary>By the system.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; set; } = Dns.GetHostAddressesAsync;

    internal int FloodCharacters => ConsoleCharacters * 16;

    /// <summary>What is wrong, or null.</summary>
    internal string? Validate() => this switch
    {
        { MemoryMegabytes: < 32 or > 65536 } => "Functions:MemoryMegabytes must be from 32 to 65536.",
        { Processes: < 1 } => "Functions:Processes must be at least 1.",
        { ConcurrentCalls: < 1 } => "Functions:ConcurrentCalls must be at least 1.",
        { QueuedCalls: < 0 } => "Functions:QueuedCalls must not be negative.",
        { ConsoleLines: < 1 or > 100_000 } => "Functions:ConsoleLines must be from 1 to 100000.",
        { ConsoleCharacters: < 1024 or > 1 << 24 } => "Functions:ConsoleCharacters must be from 1024 to 16777216.",
        { ResultCharacters: < 1024 or > 1 << 20 } => "Functions:ResultCharacters must be from 1024 to 1048576.",
        { FetchBytes: < 1 or > 1 << 24 } => "Functions:FetchBytes must be from 1 to 16777216.",
        { Packages: < 1 } or { PackageMegabytes: < 1 or > 65536 } => "Functions:Packages and :PackageMegabytes must be at least 1.",
        { OpenOperations: < 1 } => "Functions:OpenOperations must be at least 1.",
        _ when new[] { CpuTime, StartTime, IdleTime, MaxBackOff, FetchTime, InstallTime }.Any(
            time => time <= TimeSpan.Zero || time > TimeSpan.FromDays(1)) =>
            "Functions:CpuTime, :StartTime, :IdleTime, :MaxBackOff, :FetchTime and :InstallTime must be more than nothing and at most a day.",
        { RequireSandbox: true, UseSandbox: false } => "Functions:RequireSandbox and Functions:UseSandbox contradict each other.",
        _ => null,
    };
}
