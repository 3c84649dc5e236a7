using System.Runtime.CompilerServices;
using ChatPlatform.Infrastructure.Statistics.Rollups;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>
/// Makes the rollups anew from the rows themselves, piece by piece, while everybody goes on working: each piece is replaced in one
/// transaction by what it should be at the fold's place in the event log, so figures are right again from piece to piece and never
/// worse than before. Stopped at any moment it leaves nothing half done; to go on, run it again.
/// </summary>
public sealed class StatisticsRebuild(NpgsqlDataSource database, RollupGrowth growth)
{
    /// <summary>Slots of a piece: the longest block.</summary>
    private const int Piece = 6144;

    /// <summary>Channels, or users, of a piece.</summary>
    private const int Rows = 500;

    private static readonly (string Table, string Statement, int[] Spans)[] InTime =
    [
        ("channel_counts", "RebuildChannelCounts", Slots.ChannelSpans),
        ("type_counts", "RebuildTypeCounts", Slots.TypeSpans),
        ("user_counts", "RebuildUserCounts", Slots.UserSpans),
        ("activity", "RebuildActivity", Slots.ActivitySpans),
    ];

    /// <param name="applicationId">Null rebuilds all applications.</param>
    /// <returns>A line about each piece as it is done.</returns>
    public async IAsyncEnumerable<string> RebuildAsync(
        long? applicationId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<long> applications;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            applications = await Tenants.ListAsync(connection, applicationId, cancellationToken);
        }

        foreach (var application in applications)
        {
            // Channels first: they know the types that the blocks of types go by.
            await foreach (var upTo in PiecesAsync("channels", application, cancellationToken))
            {
                yield return $"application {application}: channels up to {upTo}";
            }

            await foreach (var upTo in PiecesAsync("users", application, cancellationToken))
            {
                yield return $"application {application}: users up to {upTo}";
            }

            var (first, end) = await ExtentAsync(application, cancellationToken);
            for (var from = Slots.AlignDown(first, Piece); from < end; from += Piece)
            {
                await RebuildTimeAsync(application, from, from + Piece, cancellationToken);
                yield return $"application {application}: up to {Slots.Begin(from + Piece):yyyy-MM-dd}";
            }

            // From the blocks that were just made.
            for (var from = Slots.AlignDown(first, ChannelRunningCounts.Period); from < end; from += ChannelRunningCounts.Period)
            {
                await RebuildRunningCountsAsync(application, from, from + ChannelRunningCounts.Period, cancellationToken);
                yield return $"application {application}: running counts from {Slots.Begin(from):yyyy-MM-dd} on";
            }
        }

        await growth.GrowAsync(cancellationToken);
    }

    private async IAsyncEnumerable<string> PiecesAsync(
        string table, long application, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = long.MinValue; after < long.MaxValue;)
        {
            await using var next = database.CreateCommand(
                $"SELECT id FROM {table} WHERE application_id = $1 AND id > $2 ORDER BY id OFFSET {Rows - 1} LIMIT 1");
            next.Parameters.Add(new() { Value = application });
            next.Parameters.Add(new() { Value = after });

            // The last piece holds all ids beyond, those of rows that are gone included.
            var upTo = await next.ExecuteScalarAsync(cancellationToken) as long? ?? long.MaxValue;
            await (table == "channels"
                ? RebuildChannelsAsync(application, after, upTo, cancellationToken)
                : RebuildUsersAsync(application, after, upTo, cancellationToken));
            yield return upTo == long.MaxValue ? "the last" : $"{upTo}";
            after = upTo;
        }
    }

    private Task RebuildChannelsAsync(long application, long after, long upTo, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] bounds = [Long("application", application), Long("after", after), Long("upto", upTo)];
        return InOneTransactionAsync(
            [
                Delete("channel_people", "channel_id > @after AND channel_id <= @upto", bounds),
                Statement("RebuildPeople", bounds),
                Statement("RebuildChannelTotals", bounds),
                Delete("channel_user_counts", "channel_id > @after AND channel_id <= @upto", bounds),
                Statement("RebuildChannelUserCounts", [.. bounds, Spans(Slots.UserSpans), .. Stretch(Slots.First, Slots.End)]),
            ],
            cancellationToken);
    }

    private Task RebuildUsersAsync(long application, long after, long upTo, CancellationToken cancellationToken) => InOneTransactionAsync(
        [Statement("RebuildUserTotals", [Long("application", application), Long("after", after), Long("upto", upTo)])], cancellationToken);

    private Task RebuildTimeAsync(long application, int first, int end, CancellationToken cancellationToken) => InOneTransactionAsync(
        InTime.SelectMany(piece =>
        {
            NpgsqlParameter[] bounds = [Long("application", application), Spans(piece.Spans), .. Stretch(first, end)];
            return new[]
            {
                // Span 0 tells of the sessions that last through a slot.
                Delete(piece.Table, "span = ANY (@spans || 0) AND start >= @first AND start < @end", bounds),
                Statement(piece.Statement, bounds),
            };
        }),
        cancellationToken);

    private Task RebuildRunningCountsAsync(long application, int first, int end, CancellationToken cancellationToken) => InOneTransactionAsync(
        [Statement("RebuildChannelRunningCounts", [Long("application", application), Spans(Slots.RunningSpans), .. Stretch(first, end)])],
        cancellationToken);

    private async Task<(int First, int End)> ExtentAsync(long application, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RollupLock.TakeAsync(connection, cancellationToken);
        await using var command = new NpgsqlCommand(Sql.Get("RebuildExtent"), connection) { CommandTimeout = 0 };
        command.Parameters.Add(Long("application", application));
        var (first, end) = await RollupReader
            .RowsAsync(command, row => row.IsDBNull(0) ? (0, 0) : (row.GetInt32(0), row.GetInt32(1)), cancellationToken)
            .FirstAsync(cancellationToken);

        // What no piece will reach. Not later: meanwhile there may be older messages than all that are here now.
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        batch.BatchCommands.Add(Delete(
            "channel_running_counts",
            "(start + span <= @first OR start >= @end)",
            [Long("application", application), .. Stretch(first, end)]));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (first, end);
    }

    private async Task InOneTransactionAsync(IEnumerable<NpgsqlBatchCommand> commands, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RollupLock.TakeAsync(connection, cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Delete(string table, string where, IEnumerable<NpgsqlParameter> parameters) =>
        Command($"DELETE FROM {table} WHERE application_id = @application AND {where}", parameters);

    private static NpgsqlBatchCommand Statement(string name, IEnumerable<NpgsqlParameter> parameters) =>
        Command(Sql.Get(name), [.. parameters, new NpgsqlParameter("folded_xid", NpgsqlDbType.Xid8) { Value = 0UL }]);

    private static NpgsqlBatchCommand Command(string sql, IEnumerable<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter.Clone());
        }

        return command;
    }

    private static NpgsqlParameter<int[]> Spans(int[] spans) => new("spans", spans);

    private static NpgsqlParameter[] Stretch(int first, int end) =>
        [new NpgsqlParameter<int>("first", first), new NpgsqlParameter<int>("end", end)];

    private static NpgsqlParameter<long> Long(string name, long value) => new(name, value);
}
