using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Connection pools of the statistics. JIT is off: compilation takes longer than the statements.</summary>
internal sealed class StatisticsDatabase : IAsyncDisposable, IDisposable
{
    private const int MaxWritingConnections = 8;

    public StatisticsDatabase(string connectionString)
    {
        var writing = With(connectionString, "jit=off");
        writing.MaxPoolSize = Math.Min(writing.MaxPoolSize, MaxWritingConnections);
        writing.MaxAutoPrepare = 0;
        Writing = NpgsqlDataSource.Create(writing);

        var reading = With(connectionString, "jit=off", "plan_cache_mode=force_generic_plan");
        reading.MaxPoolSize = Math.Max(1, reading.MaxPoolSize / 2);
        PreparesReports = reading.MaxAutoPrepare > 0;
        reading.MaxAutoPrepare = 0;

        // Limits the life of plans, which may have been made while the tables were nearly empty.
        reading.ConnectionLifetime = 60;
        Reading = NpgsqlDataSource.Create(reading);
    }

    /// <summary>For fold, compaction, rebuild and verifier. Their statements are planned each time, as the amount of work varies.</summary>
    public NpgsqlDataSource Writing { get; }

    /// <summary>
    /// For reports. Planning takes longer than execution, so each report is planned once per connection, for any parameters. The statements
    /// are written for such generic plans: they must not join large results without an index.
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
        await Writing.DisposeAsync();
        await Reading.DisposeAsync();
    }

    public void Dispose()
    {
        Writing.Dispose();
        Reading.Dispose();
    }

    private static NpgsqlConnectionStringBuilder With(string connectionString, params string[] settings)
    {
        // The configured minimum is for the main pool; it may exceed the maximum of these pools.
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { MinPoolSize = 0 };
        builder.Options = string.Join(' ', [builder.Options, .. settings.Select(setting => $"-c {setting}")]).Trim();
        return builder;
    }
}
