using System.Runtime.CompilerServices;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Statistics;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Runs the reading statements for the current application.</summary>
internal sealed class RollupReader(StatisticsDatabase database, ICurrentApplication application)
{
    /// <summary>
    /// How far the rollups reach, a moment ago. Plans may be made from it: blocks stay where they are, and the statement that follows
    /// looks up itself where the tail begins.
    /// </summary>
    public async Task<RollupReach> ReachAsync(CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(Sql.Get("Reach"));
        var reach = await ListAsync(
            command, row => new RollupReach(row.GetInt32(0), row.GetInt32(1), row.GetFieldValue<ulong>(2)), cancellationToken);
        return reach[0];
    }

    public NpgsqlCommand Command(string sql)
    {
        var command = new NpgsqlCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<long>("application", application.Id));
        return command;
    }

    /// <summary>A statement of the folder Sql that reads the rollups.</summary>
    public NpgsqlCommand Command(string name, RollupReach reach)
    {
        var command = Command(Sql.Get(name));
        command.Parameters.Add(new NpgsqlParameter("folded_xid", NpgsqlDbType.Xid8) { Value = reach.FoldedXid });
        return command;
    }

    /// <summary>A statement that counts what users sent in a period, if one is given.</summary>
    public async Task<NpgsqlCommand> PeriodCommandAsync(string name, Interval? period, CancellationToken cancellationToken)
    {
        var reach = await ReachAsync(cancellationToken);
        var command = Command(name, reach);
        command.Parameters.Put(period);
        BlockPlan.Of(period, Slots.UserSpans, reach.Watermark, reach.FirstSlot).AddTo(command.Parameters);
        return command;
    }

    /// <summary>Runs a command that has few rows.</summary>
    public async Task<List<T>> ListAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken) =>
        await StreamAsync(command, row, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>Runs a command and streams its rows; the command is disposed with the stream.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        NpgsqlCommand command, Func<NpgsqlDataReader, T> row, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.Reading.OpenConnectionAsync(cancellationToken);
        command.Connection = connection;
        if (database.PreparesReports)
        {
            await command.PrepareAsync(cancellationToken);
        }

        await foreach (var one in RowsAsync(command, row, cancellationToken))
        {
            yield return one;
        }
    }

    /// <summary>Streams the rows of a command that has a connection; the command is disposed with the stream.</summary>
    public static async IAsyncEnumerable<T> RowsAsync<T>(
        NpgsqlCommand command, Func<NpgsqlDataReader, T> row, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                yield return row(reader);
            }
        }
    }
}

/// <param name="Watermark">Larger blocks exist where they end at or before this slot.</param>
/// <param name="FirstSlot">Nothing that was folded lies before it.</param>
/// <param name="FoldedXid">The transaction in which the fold last stood.</param>
internal readonly record struct RollupReach(int Watermark, int FirstSlot, ulong FoldedXid);
