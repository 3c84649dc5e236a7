using System.Runtime.CompilerServices;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Statistics;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Runs the statements of reports for the current application.</summary>
internal sealed class RollupReader(StatisticsDatabase database, ICurrentApplication application)
{
    /// <summary>
    /// Reads the state of the rollups. It may be outdated when the report runs: buckets remain, and the report itself finds the unfolded
    /// events.
    /// </summary>
    public async Task<RollupStateView> ReadStateAsync(CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(EmbeddedSql.Get("RollupState"));
        var state = await ListAsync(
            command, row => new RollupStateView(row.GetInt32(0), row.GetInt32(1), row.GetFieldValue<ulong>(2)), cancellationToken);
        return state[0];
    }

    public NpgsqlCommand Command(string sql)
    {
        var command = new NpgsqlCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<long>("application", application.Id));
        return command;
    }

    /// <param name="name">An embedded SQL file.</param>
    public NpgsqlCommand Command(string name, RollupStateView state)
    {
        var command = Command(EmbeddedSql.Get(name));
        command.Parameters.Add(new NpgsqlParameter("folded_xid", NpgsqlDbType.Xid8) { Value = state.FoldedXid });
        return command;
    }

    /// <summary>A report about messages of users, with an optional period.</summary>
    public async Task<NpgsqlCommand> UserCommandAsync(string name, Interval? period, CancellationToken cancellationToken)
    {
        var state = await ReadStateAsync(cancellationToken);
        var command = Command(name, state);
        command.Parameters.Put(period);
        IntervalCover.Of(period, Rollups.UserCounts.Resolutions, state.Watermark, state.FirstBucket).AddTo(command.Parameters);
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

/// <param name="Watermark">See <see cref="Entities.RollupState.Watermark"/>.</param>
/// <param name="FirstBucket">No folded message or session lies before it.</param>
/// <param name="FoldedXid">Transaction number at the position of the fold.</param>
internal readonly record struct RollupStateView(int Watermark, int FirstBucket, ulong FoldedXid);
