using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Functions;

public enum InvocationStatus
{
    Running = 0,
    Succeeded = 1,
    Failed = 2,
}

/// <summary>One run of a function. The runner holds a lease; an invocation whose lease expired has failed.</summary>
public sealed class ChatFunctionInvocation : ITenantOwned
{
    private ChatFunctionInvocation() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public long FunctionId { get; private set; }

    public int VersionNumber { get; private set; }

    public InvocationStatus Status { get; private set; }

    /// <summary>The event, as JSON.</summary>
    public string Args { get; private set; } = "{}";

    /// <summary>As JSON; null for nothing.</summary>
    public string? Result { get; private set; }

    public InvocationFailure? Failure { get; private set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<InvocationConsoleLine> Console { get; private set; } = [];

    public DateTime CreatedTime { get; private set; }

    public DateTime? EndedTime { get; private set; }

    /// <summary>Excludes waiting time.</summary>
    public TimeSpan? Duration { get; private set; }

    public DateTime? LeaseUntil { get; private set; }

    public static ChatFunctionInvocation Start(
        long applicationId, long functionId, int versionNumber, string args, DateTime now, TimeSpan lease) => new()
        {
            ApplicationId = applicationId,
            FunctionId = functionId,
            VersionNumber = versionNumber,
            Args = args,
            CreatedTime = now,
            LeaseUntil = now + lease,
        };

    public void Succeed(string? result, IReadOnlyList<InvocationConsoleLine> console, TimeSpan duration, DateTime now)
    {
        Result = result;
        End(InvocationStatus.Succeeded, console, duration, now);
    }

    public void Fail(InvocationFailure failure, IReadOnlyList<InvocationConsoleLine> console, TimeSpan? duration, DateTime now)
    {
        Failure = failure;
        End(InvocationStatus.Failed, console, duration, now);
    }

    private void End(InvocationStatus status, IReadOnlyList<InvocationConsoleLine> console, TimeSpan? duration, DateTime now)
    {
        Status = status;
        Console = console;
        Duration = duration;
        EndedTime = now;
        LeaseUntil = null;
    }
}

/// <param name="Kind">Such as <c>THROWN</c> or <c>TIMED_OUT</c>.</param>
/// <param name="Name">The error's class, such as <c>TypeError</c>.</param>
public sealed record InvocationFailure(string Kind, string Name, string Message, string? Stack)
{
    public static readonly InvocationFailure Interrupted =
        new("INTERRUPTED", "Error", "The server stopped or the caller disconnected while the function ran.", null);
}

/// <param name="Level">log, info, warn, error or debug.</param>
public sealed record InvocationConsoleLine(DateTime Time, string Level, string Text);
