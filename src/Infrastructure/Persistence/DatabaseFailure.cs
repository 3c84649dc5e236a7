using System.Data.Common;
using Npgsql;

namespace ChatPlatform.Infrastructure.Persistence;

/// <summary>Tells failures of the database and its driver from bugs. A retry may succeed after either.</summary>
public static class DatabaseFailure
{
    /// <summary>Whether the database was unreachable, out of connections, space or time, or ended the session or statement.</summary>
    public static bool IsUnavailable(Exception? failure) => failure switch
    {
        null => false,
        DbException { IsTransient: true } => true,
        PostgresException refusal => IsInterruption(refusal.SqlState),
        _ => IsUnavailable(failure.InnerException),
    };

    /// <summary>
    /// Whether the driver failed by itself. After a cancelled statement or a broken connection Npgsql may lose track of the protocol
    /// ("Received unexpected backend message") and throw exceptions of any type. It then closes the connection.
    /// </summary>
    public static bool IsOfDriver(Exception? failure) => failure switch
    {
        null or PostgresException => false,

        // Values that the driver cannot convert, and commands that share a connection: bugs of the caller.
        InvalidCastException or ArgumentException or NpgsqlOperationInProgressException => false,
        NpgsqlException => true,
        _ => failure.Source == "Npgsql" || IsOfDriver(failure.InnerException),
    };

    // Class 57 is "operator intervention": statement_timeout, pg_cancel_backend, shutdown. 25P03 and 25P04 are limits of transactions.
    private static bool IsInterruption(string state) =>
        state.StartsWith("57", StringComparison.Ordinal) || state is "25P03" or "25P04";
}
