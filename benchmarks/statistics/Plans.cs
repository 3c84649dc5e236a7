using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace ChatPlatform.Benchmarks.Statistics;

/// <summary>Execution plans of the reports, copied from the log of the database, where <c>auto_explain</c> writes them.</summary>
internal static partial class Plans
{
    public static string Explaining(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Options = "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on "
            + "-c auto_explain.log_buffers=on -c auto_explain.log_level=log",
    }.ConnectionString;

    /// <summary>Calls each report and writes the plans of its statements to a file.</summary>
    /// <param name="logs">Folder with the log files of the database.</param>
    public static async Task WriteAsync(string connectionString, string logs, string folder)
    {
        Directory.CreateDirectory(folder);
        await using var server = await Server.StartAsync(Explaining(connectionString));
        foreach (var call in Call.All)
        {
            // The first calls prepare the statements and fill the buffers.
            await server.MeasureAsync(call.Address, 1, warmUp: 3);
            var from = Lengths(logs);
            await server.MeasureAsync(call.Address, 1, warmUp: 0);
            var name = Separators().Replace(call.Name, "-").Trim('-');
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
                // Embedded SQL files start with a comment, which is the title of the plan.
                plans.Append(statement.Groups["title"].Value).Append('\n')
                    .Append(statement.Groups["plan"].Value.Replace("\n\t", "\n", StringComparison.Ordinal)).Append("\n\n");
            }
        }

        return plans.ToString();
    }

    [GeneratedRegex(@"plan:\n\tQuery Text: (?<title>-- [^\n]*)\n(?:\t[^\n]*\n)*?\t(?<plan>[A-Z][^\n]*\(cost=[^\n]*(?:\n\t[^\n]*)*)")]
    private static partial Regex Explained();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Separators();
}
