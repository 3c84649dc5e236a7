using ChatPlatform.Domain.Common;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatPlatform.WebApi.Dialects.Chats;

/// <summary>Why a request was refused (RFC 9457).</summary>
/// <param name="Title">The status in words.</param>
/// <param name="Code">Stable; clients may switch on it.</param>
/// <param name="Errors">For each field at fault, what is wrong with it.</param>
/// <param name="TraceId">What the server's log knows the request by.</param>
public sealed record ProblemRecord(
    string Type, string Title, int Status, string Detail, string Code, IReadOnlyDictionary<string, string[]>? Errors, string TraceId)
{
    public static ProblemRecord From(Error error, int status, string traceId) => new(
        "about:blank",
        ReasonPhrases.GetReasonPhrase(status),
        status,
        error.Message,
        error.Code,
        error is ValidationError { Fields.Count: > 0 } invalid ? invalid.Fields : null,
        traceId);
}
