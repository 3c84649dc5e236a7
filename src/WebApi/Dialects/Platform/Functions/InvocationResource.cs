using System.Text.Json.Serialization;
using ChatPlatform.Application.Functions;
using ChatPlatform.Domain.Functions;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

/// <summary>One run of a function.</summary>
/// <param name="Args">The event.</param>
/// <param name="Result"><c>{"payload": return value}</c>; empty without one.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Duration">Milliseconds.</param>
public sealed record InvocationResource(
    long Id,
    int VersionNumber,
    RawJson Args,
    InvocationStatus Status,
    ReturnedResource Result,
    InvocationErrorResource? Error,
    DateTime CreatedTime,
    DateTime? EndedTime,
    double? Duration,
    [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static InvocationResource From(InvocationView invocation, Links links) => new(
        invocation.Id,
        invocation.VersionNumber,
        new RawJson(invocation.Args),
        invocation.Status,
        ReturnedResource.From(invocation.Result),
        InvocationErrorResource.From(invocation.Failure),
        invocation.CreatedTime,
        invocation.EndedTime,
        invocation.Duration?.TotalMilliseconds,
        new Dictionary<string, Link>
        {
            ["self"] = links.At($"/function-invocations/{invocation.Id}"),
            ["console"] = links.At($"/function-invocations/{invocation.Id}/console"),
            ["function"] = links.Function(invocation.FunctionId),
            ["application"] = links.Application,
        });
}

/// <param name="Payload">Return value of the function.</param>
public sealed record ReturnedResource(RawJson? Payload)
{
    public static ReturnedResource From(string? result) => new(result is null ? null : new RawJson(result));
}

/// <param name="Kind">THROWN, NOT_LOADABLE, TIMED_OUT, LIMIT_EXCEEDED, BUSY, UNAVAILABLE or INTERRUPTED.</param>
/// <param name="Name">Class of the error.</param>
/// <param name="Stack">With the lines of the script.</param>
public sealed record InvocationErrorResource(string Kind, string Name, string Message, string? Stack)
{
    public static InvocationErrorResource? From(InvocationFailure? failure) =>
        failure is null ? null : new(failure.Kind, failure.Name, failure.Message, failure.Stack);
}

/// <summary>Console output of a run, oldest first.</summary>
public sealed record ConsoleResource(
    IReadOnlyList<ConsoleLineResource> Lines, [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static ConsoleResource From(IReadOnlyList<InvocationConsoleLine> lines, long invocationId, Links links) => new(
        [.. lines.Select(line => new ConsoleLineResource(line.Time, line.Level, line.Text))],
        new Dictionary<string, Link>
        {
            ["self"] = links.At($"/function-invocations/{invocationId}/console"),
            ["invocation"] = links.At($"/function-invocations/{invocationId}"),
            ["application"] = links.Application,
        });
}

/// <param name="Level">log, info, warn, error or debug.</param>
public sealed record ConsoleLineResource(DateTime Time, string Level, string Text);

/// <summary>Outcome of a run that is not recorded.</summary>
/// <param name="Duration">Milliseconds.</param>
public sealed record TestRunResource(
    InvocationStatus Status,
    ReturnedResource Result,
    InvocationErrorResource? Error,
    IReadOnlyList<ConsoleLineResource> Lines,
    double Duration,
    [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static TestRunResource From(FunctionOutcome outcome, Links links) => new(
        outcome.Succeeded ? InvocationStatus.Succeeded : InvocationStatus.Failed,
        ReturnedResource.From(outcome.ResultText()),
        InvocationErrorResource.From(outcome.Failure()),
        [.. outcome.Console.Select(line => new ConsoleLineResource(line.Time, line.Level, line.Text))],
        outcome.Duration.TotalMilliseconds,
        new Dictionary<string, Link> { ["application"] = links.Application });
}
