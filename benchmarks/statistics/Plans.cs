using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace ChatPlatform.Benchmarks.Statistics;

/// <summary>
/// How the database runs the statements of a call: a server that is started with these settings has every statement explained into the
/// database's log, from where those of the documented SQL files are kept.
/// </summary>
internal static partial class Plans
{
    public static string Explaining(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Options = "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on "
            + "-c auto_explain.log_buffers=on -c auto_explain.log_level=log",
    }.ConnectionString;

    /// <summary>Calls each report and writes the plans of its statements into a file a report.</summary>
    /// <param name="logs">The database's log files.</param>
    public static async Task KeepAsync(string connectionString, string logs, string folder)
    {
        Directory.CreateDirectory(folder);
        await using var server = await Server.StartAsync(Explaining(connectionString));
        foreach (var call in Call.All)
        {
            // The first calls find nothing prepared and nothing in memory.
            await server.MeasureAsync(call.Address, 1, warmUp: 3);
            var from = Lengths(logs);
            await server.MeasureAsync(call.Address, 1, warmUp: 0);
            var name = NoName().Replace(call.Name, "-").Trim('-');
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.txt"), await ReadAsync(logs, from));
        }
    }

    private static Dictionary<string, long> Lengths(string logs) =>
        Directory.GetFiles(logs).ToDictionary(file => file, file => new FileInfo(file).Length);

    private static async Task<string> ReadAsync(string logs, Dictionary<string, long> from)
    {
        var plans = new StringBuilder();
        foreach (var file in Directory.GetFiles(logs).Order())
        {
            await using var log = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            log.Position = from.GetValueOrDefault(file);
            using var reader = new StreamReader(log);
            foreach (Match statement in Explained().Matches(await reader.ReadToEndAsync()))
            {
                // A file's first line says what it is for; its text is the file's.
                plans.Append(statement.Groups["title"].Value).Append('\n')
                    .Append(statement.Groups["plan"].Value.Replace("\n\t", "\n", StringComparison.Ordinal)).Append("\n\n");
            }
        }

        return plans.ToString();
    }

    [GeneratedRegex(@"plan:\n\tQuery Text: (?<title>-- [^\n]*)\n(?:\t[^\n]*\n)*?\t(?<plan>[A-Z][^\n]*\(cost=[^\n]*(?:\n\t[^\n]*)*)")]
    private static partial Regex Explained();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NoName();
}
