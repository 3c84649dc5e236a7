using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Common;

public static class CommonErrors
{
    public static Error Invalid(IReadOnlyDictionary<string, string[]> fields) =>
        new ValidationError("request.invalid", "The request is not valid.", fields);

    public static Error Invalid(string field, string message) => new ValidationError("request.invalid", field, message);

    public static readonly Error NotStorable =
        new ValidationError("request.not_storable", "The request contains text or numbers that cannot be stored.");

    public static readonly Error Changed =
        new PreconditionError("request.changed", "The resource was modified; fetch it again.");

    public static readonly Error Busy =
        new ConflictError("request.conflict", "The resource was changed by another request at the same time; try again.");

    public static readonly Error KeyReused =
        new ConflictError("request.idempotency_key_reused", "The Idempotency-Key was already used with a different body.");
}
