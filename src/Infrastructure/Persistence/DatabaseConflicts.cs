using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatPlatform.Infrastructure.Persistence;

/// <summary>
/// Uniqueness lives in the database. Who loses a race starts over once: the handler then finds what the winner made and answers as
/// for any second call. What the database cannot hold (a number or text out of range) is the caller's error, not a crash.
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

        // The row to change or delete has gone, or has changed since it was read.
        DbUpdateConcurrencyException => PostgresErrorCodes.SerializationFailure,
        DbUpdateException { InnerException: PostgresException postgres } => postgres.SqlState,

        // What a retry may heal, a deadlock for one, comes wrapped.
        InvalidOperationException { InnerException: { } inner } => StateOf(inner),
        _ => null,
    };

    // A foreign key that broke means that the other row was deleted a moment ago: the second look answers "not there".
    private static bool IsRace(string state) => state is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation
        or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    private static bool IsUnstorable(string state) => state is PostgresErrorCodes.UntranslatableCharacter
        or PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.InvalidTextRepresentation
        or PostgresErrorCodes.NumericValueOutOfRange or PostgresErrorCodes.DatetimeFieldOverflow
        or PostgresErrorCodes.StringDataRightTruncation or PostgresErrorCodes.ProgramLimitExceeded;
}
