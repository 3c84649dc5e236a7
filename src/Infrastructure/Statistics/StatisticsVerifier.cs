using System.Data;
using System.Runtime.CompilerServices;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Compares the rollups with a recount of the messages, members and sessions, in one read-only snapshot.</summary>
public sealed class StatisticsVerifier(NpgsqlDataSource database)
{
    /// <param name="applicationId">Null verifies all applications.</param>
    /// <returns>The figures that differ.</returns>
    public async IAsyncEnumerable<Difference> VerifyAsync(
        long? applicationId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await ExecuteAsync(connection, "SET TRANSACTION READ ONLY", cancellationToken);
        foreach (var application in await Tenants.ListAsync(connection, applicationId, cancellationToken))
        {
            foreach (var verification in Rollups.All.Select(rollup => rollup.Verification).OfType<Verification>())
            {
                await using var command = Command(verification, application, connection);
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    yield return Read(application, reader);
                }
            }
        }
    }

    private static NpgsqlCommand Command(Verification verification, long application, NpgsqlConnection connection) =>
        new(EmbeddedSql.Get(verification.Statement), connection)
        {
            CommandTimeout = 0,
            Parameters =
            {
                new NpgsqlParameter<long>("application", application),
                new NpgsqlParameter("folded_xid", NpgsqlDbType.Xid8) { Value = 0UL },
                new NpgsqlParameter<int[]>("resolutions", verification.Resolutions),
                new NpgsqlParameter<int>("first", BucketGrid.MinBucket),
                new NpgsqlParameter<int>("end", BucketGrid.MaxBucket),
                new NpgsqlParameter<long>("after", long.MinValue),
                new NpgsqlParameter<long>("up_to", long.MaxValue),
            },
        };

    private static Difference Read(long application, NpgsqlDataReader row)
    {
        var (resolution, start) = (row.Nullable<int>(1), row.Nullable<int>(2));
        return new Difference(
            application,
            row.GetString(0),
            start is null ? null : BucketGrid.StartOf(start.Value),
            start is null ? null : BucketGrid.StartOf(start.Value + resolution!.Value),
            row.Nullable<long>(3),
            row.Nullable<long>(4),
            row.GetInt64(5),
            row.GetInt64(6));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
