using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Statistics.Rollups;
using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>
/// Sums the blocks of past hours and days up to longer ones, once each: the fold touches short blocks only, and a read over years
/// still has few rows to add. Late events go to all blocks that are there.
/// </summary>
public sealed class RollupGrowth(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>At most so much in one transaction.</summary>
    private const int Step = 6144;

    /// <summary>Blocks wait for an hour after their end, so that few events come late.</summary>
    private const int Hour = 4;

    private static readonly (string Statement, int[] Spans)[] Tables =
    [
        ("GrowChannelCounts", Slots.ChannelSpans),
        ("GrowChannelRunningCounts", [Slots.ChannelSpans[^1], ChannelRunningCounts.Day]),
        ("GrowChannelRunningCounts", [Slots.ChannelSpans[^1], ChannelRunningCounts.Period]),
        ("GrowTypeCounts", Slots.TypeSpans),
        ("GrowActivity", Slots.ActivitySpans),
    ];

    private static readonly (string First, string Others)[] FromMessages =
    [
        ("MakeUserCounts", "GrowUserCounts"),
        ("MakeChannelUserCounts", "GrowChannelUserCounts"),
    ];

    /// <summary>Makes all blocks that can be made by now, unless somebody else is at the rollups.</summary>
    public async Task GrowAsync(CancellationToken cancellationToken)
    {
        var target = Slots.AlignDown(Slots.Of(clock.UtcNow()) - Hour, Hour);
        while (await GrowStepAsync(target, cancellationToken))
        {
        }
    }

    /// <returns>Whether more remains to be done.</returns>
    private async Task<bool> GrowStepAsync(int target, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await RollupLock.TryTakeAsync(connection, cancellationToken))
        {
            return false;
        }

        var (watermark, firstSlot) = await ReadStateAsync(connection, cancellationToken);
        if (watermark >= target)
        {
            return false;
        }

        // Where nothing was folded there is nothing to sum up.
        var from = Math.Max(watermark, Math.Min(target, Slots.AlignDown(firstSlot, Step)));
        var to = Math.Min(target, Slots.AlignDown(from, Step) + Step);
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        foreach (var command in Commands(from, to))
        {
            batch.BatchCommands.Add(command);
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("UPDATE rollup_state SET watermark = $1") { Parameters = { new() { Value = to } } });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return to < target;
    }

    private static IEnumerable<NpgsqlBatchCommand> Commands(int from, int to)
    {
        var grown = Tables.SelectMany(table => table.Spans.Skip(1)
            .Select((span, shorter) => Command(table.Statement, span, table.Spans[shorter], from, to)));
        var made = FromMessages.SelectMany(table => Slots.UserSpans
            .Select((span, level) => Command(
                level == 0 ? table.First : table.Others, span, level == 0 ? null : Slots.UserSpans[level - 1], from, to)));
        return grown.Concat(made).OfType<NpgsqlBatchCommand>();
    }

    /// <returns>Null when no block of the span ends in the stretch.</returns>
    private static NpgsqlBatchCommand? Command(string statement, int span, int? shorter, int from, int to)
    {
        var (first, end) = (Slots.AlignDown(from, span), Slots.AlignDown(to, span));
        if (first >= end)
        {
            return null;
        }

        var command = new NpgsqlBatchCommand(Sql.Get(statement))
        {
            Parameters = { new NpgsqlParameter<int>("span", span), new NpgsqlParameter<int>("first", first), new NpgsqlParameter<int>("end", end) },
        };
        if (shorter is { } length)
        {
            command.Parameters.Add(new NpgsqlParameter<int>("shorter", length));
        }

        return command;
    }

    private static async Task<(int Watermark, int FirstSlot)> ReadStateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT watermark, first_slot FROM rollup_state", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt32(0), reader.GetInt32(1));
    }
}
