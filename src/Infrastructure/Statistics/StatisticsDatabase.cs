using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>
/// Connections on which statements are planned each time. The statements of the statistics take their periods as arrays: a plan that was
/// made once for any period, as prepared statements get, does not know how few rows a period has. Nothing is compiled for them either:
/// that takes longer than running them.
/// </summary>
internal sealed class StatisticsDatabase(string connectionString) : IAsyncDisposable, IDisposable
{
    public NpgsqlDataSource Source { get; } =
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 50, AutoPrepareMinUsages = 1,
            Options = $"{new NpgsqlConnectionStringBuilder(connectionString).Options} -c jit=off -c plan_cache_mode=force_generic_plan".Trim(),
        });

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    public void Dispose() => Source.Dispose();
}
