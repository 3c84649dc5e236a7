namespace ChatPlatform.Domain.Common;

/// <summary>An error as a value. The record type alone determines the status of the response, the dialect its body.</summary>
/// <param name="Code">Stable and unique, <c>feature.reason</c>; clients may switch on it.</param>
/// <param name="Message">One sentence for users. Never contains secrets or another tenant's data.</param>
public abstract record Error(string Code, string Message);

/// <summary>The request is malformed or breaks a rule (400). <see cref="Fields"/> maps field names to messages.</summary>
public sealed record ValidationError(string Code, string Message, IReadOnlyDictionary<string, string[]> Fields) : Error(Code, Message)
{
    public ValidationError(string code, string message)
        : this(code, message, new Dictionary<string, string[]>()) { }

    public ValidationError(string code, string field, string message)
        : this(code, message, new Dictionary<string, string[]> { [field] = [message] }) { }
}

public sealed record UnauthenticatedError(string Code, string Message) : Error(Code, Message);

public sealed record ForbiddenError(string Code, string Message) : Error(Code, Message);

/// <summary>Missing or not visible to the caller (404); the two are never distinguished.</summary>
public sealed record NotFoundError(string Code, string Message) : Error(Code, Message);

public sealed record ConflictError(string Code, string Message) : Error(Code, Message);

public sealed record TooLargeError(string Code, string Message) : Error(Code, Message);

public sealed record UnsupportedTypeError(string Code, string Message) : Error(Code, Message);

/// <summary>A failed If-Match (412).</summary>
public sealed record PreconditionError(string Code, string Message) : Error(Code, Message);

/// <param name="RetryAfter">Time until a retry can succeed.</param>
public sealed record TooManyError(string Code, string Message, TimeSpan RetryAfter) : Error(Code, Message);

/// <summary>A condition of the server that its operator has to fix (503).</summary>
public sealed record UnavailableError(string Code, string Message) : Error(Code, Message);
