using ChatPlatform.Domain.Common;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatPlatform.WebApi.Dialects.Chats;

/// <summary>An error in the format of RFC 9457.</summary>
/// <param name="Title">The reason phrase of the status.</param>
/// <param name="Code">Stable; clients may switch on it.</param>
/// <param name="Errors">The reasons for each invalid field.</param>
/// <param name="TraceId">The request's id in the server's log.</param>
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
