namespace ChatPlatform.Domain.Common;

/// <summary>
/// What a caller can cause, as a value. The status of an answer follows from the record type alone, its body from the dialect.
/// </summary>
/// <param name="Code">Stable and unique, <c>feature.reason</c>; clients may switch on it.</param>
/// <param name="Message">One sentence for a person. Never holds secrets or another tenant's data.</param>
public abstract record Error(string Code, string Message);

/// <summary>The request has the wrong shape or breaks a rule (400). <see cref="Fields"/> names each field and why.</summary>
public sealed record ValidationError(string Code, string Message, IReadOnlyDictionary<string, string[]> Fields) : Error(Code, Message)
{
    public ValidationError(string code, string message)
        : this(code, message, new Dictionary<string, string[]>()) { }

    public ValidationError(string code, string field, string message)
        : this(code, message, new Dictionary<string, string[]> { [field] = [message] }) { }
}

/// <summary>Nobody, or nobody we know, is calling (401).</summary>
public sealed record UnauthenticatedError(string Code, string Message) : Error(Code, Message);

/// <summary>The caller is known and may not (403).</summary>
public sealed record ForbiddenError(string Code, string Message) : Error(Code, Message);

/// <summary>Not there, or not the caller's: the two are never told apart (404).</summary>
public sealed record NotFoundError(string Code, string Message) : Error(Code, Message);

/// <summary>The state of things forbids it now (409).</summary>
public sealed record ConflictError(string Code, string Message) : Error(Code, Message);

/// <summary>More than this server takes (413).</summary>
public sealed record TooLargeError(string Code, string Message) : Error(Code, Message);

/// <summary>A kind of content that is not taken (415).</summary>
public sealed record UnsupportedTypeError(string Code, string Message) : Error(Code, Message);

/// <summary>An If-Match that no longer holds (412).</summary>
public sealed record PreconditionError(string Code, string Message) : Error(Code, Message);

/// <summary>Too many calls (429).</summary>
/// <param name="RetryAfter">How long to wait before the next try can succeed.</param>
public sealed record TooManyError(string Code, string Message, TimeSpan RetryAfter) : Error(Code, Message);

/// <summary>The server cannot do it now, whoever asks (503); its owner has to help.</summary>
public sealed record UnavailableError(string Code, string Message) : Error(Code, Message);
