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
        await using var command = database.Reading.CreateCommand(EmbeddedSql.Get("RollupState"));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new RollupStateView(reader.GetInt32(0), reader.GetInt32(1), reader.GetFieldValue<ulong>(2));
    }

    public NpgsqlCommand Command(string sql)
    {
        var command = database.Reading.CreateCommand(sql);
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

    public static async Task<List<T>> ListAsync<T>(
        NpgsqlCommand command, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken) =>
        await StreamAsync(command, row, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>Streams the rows and disposes the command.</summary>
    public static async IAsyncEnumerable<T> StreamAsync<T>(
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
