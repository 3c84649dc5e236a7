using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>
/// Connections of the statistics. Nothing is compiled on them: that takes longer than running the statements.
/// </summary>
internal sealed class StatisticsDatabase : IAsyncDisposable, IDisposable
{
    /// <summary>Fold, growth, rebuild, and verification: few at a time.</summary>
    private const int MostWorking = 8;

    public StatisticsDatabase(string connectionString)
    {
        var working = With(connectionString, "jit=off");
        working.MaxPoolSize = Math.Min(working.MaxPoolSize, MostWorking);
        working.MaxAutoPrepare = 0;
        Working = NpgsqlDataSource.Create(working);

        var reading = With(connectionString, "jit=off", "plan_cache_mode=force_generic_plan");
        reading.MaxPoolSize = Math.Max(1, reading.MaxPoolSize / 2);
        PreparesReports = reading.MaxAutoPrepare > 0;
        reading.MaxAutoPrepare = 0;

        // A plan may have been made while there was hardly anything to read; it does not outlive this.
        reading.ConnectionLifetime = 60;
        Reading = NpgsqlDataSource.Create(reading);
    }

    /// <summary>
    /// For what writes and verifies the rollups. Such statements are planned each time: how much they have to do differs much.
    /// </summary>
    public NpgsqlDataSource Working { get; }

    /// <summary>
    /// For the reports. Planning one of them takes longer than running it, so each is planned once a connection, for any period: such a
    /// plan looks rows up by the indexes that the statements were written for, and must not join what may be large without one.
    /// </summary>
    public NpgsqlDataSource Reading { get; }

    /// <summary>
    /// Whether reports are prepared, which the connection string can forbid. They are prepared explicitly: when the first run of a
    /// statement that Npgsql 10.0.3 prepares by itself fails (a cancelled or timed out report), its next run fails with "Received
    /// unexpected backend message".
    /// </summary>
    public bool PreparesReports { get; }

    public async ValueTask DisposeAsync()
    {
        await Working.DisposeAsync();
        await Reading.DisposeAsync();
    }

    public void Dispose()
    {
        Working.Dispose();
        Reading.Dispose();
    }

    private static NpgsqlConnectionStringBuilder With(string connectionString, params string[] settings)
    {
        // The least number of connections is meant for the main pool; it could be more than the most of these.
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { MinPoolSize = 0 };
        builder.Options = string.Join(' ', [builder.Options, .. settings.Select(setting => $"-c {setting}")]).Trim();
        return builder;
    }
}
