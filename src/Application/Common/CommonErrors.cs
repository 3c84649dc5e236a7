using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Common;

/// <summary>Errors that belong to no feature.</summary>
public static class CommonErrors
{
    /// <summary>The request does not have the shape that the use case wants; the fields say why.</summary>
    public static Error Invalid(IReadOnlyDictionary<string, string[]> fields) =>
        new ValidationError("request.invalid", "The request is not valid.", fields);

    public static Error Invalid(string field, string message) => new ValidationError("request.invalid", field, message);

    public static readonly Error NotStorable =
        new ValidationError("request.not_storable", "The request holds text or numbers that cannot be stored.");

    public static readonly Error Changed =
        new PreconditionError("request.changed", "Somebody has changed it since; read it again.");

    public static readonly Error Busy = new ConflictError("request.conflict", "Somebody else changed the same thing just now; try again.");

    public static readonly Error KeyReused =
        new ConflictError("request.idempotency_key_reused", "The Idempotency-Key was used with another body.");
}
