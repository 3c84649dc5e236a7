using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Recounts the rollups from the rows themselves. Reads only, in one snapshot; others go on working meanwhile.</summary>
public sealed class StatisticsVerifier(NpgsqlDataSource database)
{
    private static readonly (string Statement, int[]? Spans)[] Checks =
    [
        ("VerifyTotals", null),
        ("VerifyPeople", null),
        ("VerifyChannelCounts", [.. Slots.ChannelSpans, .. Slots.RunningSpans]),
        ("VerifyTypeCounts", Slots.TypeSpans),
        ("VerifyUserCounts", Slots.UserSpans),
        ("VerifyChannelUserCounts", Slots.UserSpans),
        ("VerifyActivity", Slots.ActivitySpans),
    ];

    /// <param name="applicationId">Null verifies all applications.</param>
    /// <returns>Each slice that differs; none when the statistics are right.</returns>
    public async IAsyncEnumerable<Difference> VerifyAsync(
        long? applicationId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await ExecuteAsync(connection, "SET TRANSACTION READ ONLY", cancellationToken);
        foreach (var application in await Tenants.ListAsync(connection, applicationId, cancellationToken))
        {
            foreach (var (statement, spans) in Checks)
            {
                await using var command = new NpgsqlCommand(Sql.Get(statement), connection) { CommandTimeout = 0 };
                command.Parameters.Add(new NpgsqlParameter<long>("application", application));
                command.Parameters.Add(new NpgsqlParameter("folded_xid", NpgsqlDbType.Xid8) { Value = 0UL });
                if (spans is not null)
                {
                    command.Parameters.Add(new NpgsqlParameter<int[]>("spans", spans));
                    command.Parameters.Add(new NpgsqlParameter<int>("first", Slots.First));
                    command.Parameters.Add(new NpgsqlParameter<int>("end", Slots.End));
                    command.Parameters.Add(new NpgsqlParameter<long>("after", long.MinValue));
                    command.Parameters.Add(new NpgsqlParameter<long>("upto", long.MaxValue));
                }

                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    yield return Read(application, reader);
                }
            }
        }
    }

    private static Difference Read(long application, NpgsqlDataReader row)
    {
        var (span, start) = (row.Nullable<int>(1), row.Nullable<int>(2));
        return new Difference(
            application,
            row.GetString(0),
            start is null ? null : Slots.Begin(start.Value),
            start is null ? null : Slots.Begin(start.Value + span!.Value),
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
