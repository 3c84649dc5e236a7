using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatPlatform.Infrastructure.Persistence;

/// <summary>
/// The database enforces uniqueness. A handler that loses a race is retried, up to <see cref="MaxAttempts"/> attempts; the retry sees the
/// winner's row. Values that the database cannot store (a number or text out of range) are the caller's error.
/// </summary>
internal sealed class DatabaseConflicts<TRequest, TResponse>(ChatDbContext db) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
    where TResponse : struct, IResult<TResponse>
{
    private const int MaxAttempts = 3;

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await next();
            }
            catch (Exception exception) when (StateOf(exception) is { } state && (IsRace(state) || IsUnstorable(state)))
            {
                db.ChangeTracker.Clear();
                if (IsUnstorable(state))
                {
                    return TResponse.Failed(CommonErrors.NotStorable);
                }

                if (attempt == MaxAttempts)
                {
                    return TResponse.Failed(CommonErrors.Busy);
                }
            }
        }
    }

    private static string? StateOf(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState,

        // The row to change or delete is missing, or has changed since it was read.
        DbUpdateConcurrencyException => PostgresErrorCodes.SerializationFailure,
        DbUpdateException { InnerException: PostgresException postgres } => postgres.SqlState,

        // Errors that a retry can solve, such as a deadlock, are wrapped.
        InvalidOperationException { InnerException: { } inner } => StateOf(inner),
        _ => null,
    };

    // A foreign key violation means that the other row was just deleted: the retry returns "not found".
    private static bool IsRace(string state) => state is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation
        or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    private static bool IsUnstorable(string state) => state is PostgresErrorCodes.UntranslatableCharacter
        or PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.InvalidTextRepresentation
        or PostgresErrorCodes.NumericValueOutOfRange or PostgresErrorCodes.DatetimeFieldOverflow
        or PostgresErrorCodes.StringDataRightTruncation or PostgresErrorCodes.ProgramLimitExceeded;
}
