using System.Text.Json;
using ChatPlatform.Domain.Functions;

namespace ChatPlatform.Application.Functions;

/// <summary>
/// Runs scripts, each application in its own process, never in the server's. A failure of a script is a <see cref="FunctionOutcome"/>;
/// an exception is a failure of the server.
/// </summary>
public interface IFunctionRuntime
{
    Task<FunctionAvailability> GetAvailabilityAsync(CancellationToken ct);

    /// <summary>Parses a script without running it.</summary>
    /// <returns>The first error; null when the script parses, or when scripts cannot run here.</returns>
    Task<ScriptError?> CheckAsync(string script, CancellationToken ct);

    /// <summary>
    /// Calls <c>handleEvent(event, context)</c> of a script in the application's process. Starts a process when there is none or when the
    /// environment has changed. Calls beyond the concurrency of one application wait in a bounded queue.
    /// </summary>
    /// <param name="api">Executes the calls that the handler makes through its <c>context</c>.</param>
    Task<FunctionOutcome> InvokeAsync(InvocationRequest request, IFunctionApi api, CancellationToken ct);
}

/// <param name="Reason">Why not, for the caller.</param>
public sealed record FunctionAvailability(bool Available, string? Reason);

/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record ScriptError(string Message, int Line, int Column);

/// <summary>What an application's process is started with.</summary>
/// <param name="Revision">Grows with each change; a process of an older revision is replaced once its calls have ended.</param>
/// <param name="InitializationScript">Runs before any handler is loaded; handlers can use its exports.</param>
/// <param name="Variables">All of <c>process.env</c>: built-in and custom variables.</param>
/// <param name="DependenciesFolder">Holds <c>node_modules</c>; relative to the server's folder of packages.</param>
public sealed record FunctionEnvironment(
    long ApplicationId,
    long Revision,
    string? InitializationScript,
    IReadOnlyDictionary<string, string> Variables,
    string? DependenciesFolder);

/// <param name="Name">Name of the function, for stacks and logs.</param>
/// <param name="Limit">Time limit of the call, without the wait for a free slot.</param>
public sealed record InvocationRequest(
    FunctionEnvironment Environment,
    long FunctionId,
    int Version,
    string Name,
    string Script,
    JsonElement Event,
    TimeSpan Limit);

/// <param name="Result">Undefined when the handler returned nothing or failed.</param>
/// <param name="Console">Oldest first, truncated at a limit of lines and characters.</param>
/// <param name="Duration">From the start of the call in the process to its end.</param>
public sealed record FunctionOutcome(
    JsonElement Result, FunctionError? Error, IReadOnlyList<InvocationConsoleLine> Console, TimeSpan Duration)
{
    public bool Succeeded => Error is null;
}

public enum FunctionErrorKind
{
    /// <summary>The script threw, or its promise was rejected.</summary>
    Thrown,

    /// <summary>The script does not parse, has no <c>handleEvent</c>, or lacks a module.</summary>
    NotLoadable,

    TimedOut,

    /// <summary>Too much memory, processor time, output or result, or the process died.</summary>
    LimitExceeded,

    /// <summary>Too many calls of the application are waiting.</summary>
    Busy,

    /// <summary>Scripts cannot run on this server.</summary>
    Unavailable,
}

/// <param name="Name">Class of the error, such as <c>TypeError</c>.</param>
/// <param name="Stack">With the lines of the script.</param>
public sealed record FunctionError(FunctionErrorKind Kind, string Name, string Message, string? Stack);

/// <summary>Operations that handlers call. The server executes them with the scopes of the application's clients.</summary>
public interface IFunctionApi
{
    /// <param name="api">Such as <c>Users</c>.</param>
    /// <param name="method">Such as <c>createUser</c>.</param>
    /// <param name="arguments">Array of the handler's arguments.</param>
    Task<ApiResponse> CallAsync(string api, string method, JsonElement arguments, CancellationToken ct);
}

/// <param name="Value">The handler's promise resolves to it.</param>
/// <param name="Error">The promise rejects with it: an object with at least <c>error</c> and <c>message</c>.</param>
public sealed record ApiResponse(JsonElement Value, JsonElement? Error);

public interface IDependencyInstaller
{
    /// <summary>Installs npm packages into a new folder, without their install scripts and within limits of size and number.</summary>
    /// <param name="dependencies">Version ranges by package name.</param>
    Task<InstalledDependencies> InstallAsync(
        long applicationId, long revision, IReadOnlyDictionary<string, string> dependencies, CancellationToken ct);

    /// <summary>Removes the folders of the application's other revisions.</summary>
    Task RemoveOthersAsync(long applicationId, IReadOnlyCollection<long> keptRevisions, CancellationToken ct);
}

/// <param name="Folder">Holds <c>node_modules</c>; relative to the server's folder of packages. Null when the installation failed.</param>
/// <param name="Versions">Exact versions by package name.</param>
/// <param name="Error">Why nothing was installed, for the application's developers.</param>
public sealed record InstalledDependencies(string? Folder, IReadOnlyDictionary<string, string> Versions, string? Error);
