using Npgsql;

namespace ChatPlatform.Benchmarks.Statistics;

/// <summary>How the database runs the statements of a call: it explains every statement of a server that is started with these settings.</summary>
internal static class Plans
{
    public static string Explaining(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Options = "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on "
            + "-c auto_explain.log_buffers=on -c auto_explain.log_level=log",
    }.ConnectionString;

    /// <summary>The plans that the database's log holds from a place on, without what names this machine.</summary>
    public static async Task<(string Text, long End)> ReadAsync(string logFile, long from)
    {
        await using var log = new FileStream(logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = from;
        using var reader = new StreamReader(log);
        return (await reader.ReadToEndAsync(), log.Length);
    }
}
