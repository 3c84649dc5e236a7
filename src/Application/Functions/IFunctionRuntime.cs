using System.Text.Json;

namespace ChatPlatform.Application.Functions;

/// <summary>
/// Runs the JavaScript of applications, each application's in a process of its own, never in the server's. What a script does, however
/// badly, comes back as a <see cref="FunctionOutcome"/>; an exception means that the server itself is at fault.
/// </summary>
public interface IFunctionRuntime
{
    /// <summary>
    /// Whether there is something to run scripts with (a Node.js that is new enough), and else why not, as told to the caller.
    /// </summary>
    Task<FunctionAvailability> GetAvailabilityAsync(CancellationToken ct);

    /// <summary>Parses a script without running it.</summary>
    /// <returns>Null when it parses, or when there is nothing to parse it with (<see cref="GetAvailabilityAsync"/>); else the first error.</returns>
    Task<ScriptError?> CheckAsync(string script, CancellationToken ct);

    /// <summary>
    /// Calls <c>handleEvent(event, context)</c> of a script in the application's process, which is started when there is none, or when the
    /// one there was made of another <see cref="FunctionEnvironment.Revision"/>. Calls beyond the application's share wait in a bounded
    /// queue.
    /// </summary>
    /// <param name="api">Answers what the handler asks of the platform through its <c>context</c>.</param>
    Task<FunctionOutcome> InvokeAsync(InvocationRequest request, IFunctionApi api, CancellationToken ct);
}

/// <param name="Reason">Why not, for the caller; null when <paramref name="Available"/>.</param>
public sealed record FunctionAvailability(bool Available, string? Reason);

/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record ScriptError(string Message, int Line, int Column);

/// <summary>What an application's process is made of.</summary>
/// <param name="Revision">Grows with each change of anything here; a process of an older one is replaced once its calls have ended.</param>
/// <param name="InitializationScript">Runs before any handler is loaded; its exports can be used by handlers. Null: none.</param>
/// <param name="Variables">The whole of <c>process.env</c>: the built-in and the custom ones.</param>
/// <param name="DependenciesFolder">
/// Holds <c>node_modules</c> and is only read; below the folder that each server keeps packages in. Null: none.
/// </param>
public sealed record FunctionEnvironment(
    long ApplicationId,
    long Revision,
    string? InitializationScript,
    IReadOnlyDictionary<string, string> Variables,
    string? DependenciesFolder);

/// <param name="Name">The function's, for stacks and logs.</param>
/// <param name="Event">What the handler gets as its first argument.</param>
/// <param name="Limit">How long the call may take, waiting for a place not counted.</param>
public sealed record InvocationRequest(
    FunctionEnvironment Environment,
    long FunctionId,
    int Version,
    string Name,
    string Script,
    JsonElement Event,
    TimeSpan Limit);

/// <param name="Result">What the handler returned; undefined when it returned nothing or failed.</param>
/// <param name="Error">Null when it succeeded.</param>
/// <param name="Console">What it wrote, oldest first, cut at a limit of lines and bytes.</param>
/// <param name="Duration">From the call's start in the process to its end.</param>
public sealed record FunctionOutcome(JsonElement Result, FunctionError? Error, IReadOnlyList<ConsoleLine> Console, TimeSpan Duration)
{
    public bool Succeeded => Error is null;
}

public enum FunctionErrorKind
{
    /// <summary>The script threw, or its promise was rejected.</summary>
    Thrown,

    /// <summary>It cannot be run: it does not parse, has no <c>handleEvent</c>, or lacks a module.</summary>
    NotLoadable,

    /// <summary>It took longer than it may.</summary>
    TimedOut,

    /// <summary>It used more memory, processor time, output or result than it may, or its process died.</summary>
    LimitExceeded,

    /// <summary>Too many calls of the application wait already.</summary>
    Busy,

    /// <summary>There is nothing to run it with here.</summary>
    Unavailable,
}

/// <param name="Name">The error's class, as <c>TypeError</c>.</param>
/// <param name="Stack">In terms of the script's own lines; null when there is none.</param>
public sealed record FunctionError(FunctionErrorKind Kind, string Name, string Message, string? Stack);

/// <param name="Level">log, info, warn, error or debug.</param>
public sealed record ConsoleLine(DateTime Time, string Level, string Text);

/// <summary>The platform's operations as a handler reaches them: executed by the server, with the application's own scopes.</summary>
public interface IFunctionApi
{
    /// <param name="api">As <c>Users</c>, <c>Channels</c>.</param>
    /// <param name="method">As <c>createUser</c>.</param>
    /// <param name="arguments">An array of what the handler passed.</param>
    Task<ApiResponse> CallAsync(string api, string method, JsonElement arguments, CancellationToken ct);
}

/// <param name="Value">What the handler's promise resolves to.</param>
/// <param name="Error">
/// What it is rejected with, an object with at least <c>error</c> and <c>message</c>; null when the call succeeded.
/// </param>
public sealed record ApiResponse(JsonElement Value, JsonElement? Error);

/// <summary>Brings npm packages onto the disk.</summary>
public interface IDependencyInstaller
{
    /// <summary>
    /// Resolves and installs packages with npm, install scripts ignored, size and count limited, into a folder of its own.
    /// </summary>
    /// <param name="dependencies">Version ranges by package name.</param>
    /// <returns>Where they lie and what was chosen, or why not.</returns>
    Task<InstalledDependencies> InstallAsync(
        long applicationId, long revision, IReadOnlyDictionary<string, string> dependencies, CancellationToken ct);

    /// <summary>Removes the folders of an application's revisions except those named.</summary>
    Task RemoveOthersAsync(long applicationId, IReadOnlyCollection<long> keptRevisions, CancellationToken ct);
}

/// <param name="Folder">
/// Holds <c>node_modules</c> and the lock file; below the folder that each server keeps packages in. Null when it failed.
/// </param>
/// <param name="Versions">The exact version of each package asked for.</param>
/// <param name="Error">Why nothing was installed, for the application's developers; null when it succeeded.</param>
public sealed record InstalledDependencies(string? Folder, IReadOnlyDictionary<string, string> Versions, string? Error);
