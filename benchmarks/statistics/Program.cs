using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChatPlatform.Benchmarks.Statistics;
using ChatPlatform.Infrastructure.Postgres;
using ChatPlatform.Infrastructure.Statistics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

// Statistics.Benchmark [--server=connection string] [--plans [--logs=folder]] [--calls=part of their names] [messages …]: generates a
// store of each size, rebuilds its statistics, and measures each call over HTTP. Stores on your own server are kept and used again.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int[] sizes = [.. args.Where(arg => !arg.StartsWith("--", StringComparison.Ordinal)).Select(int.Parse)];
if (sizes.Length == 0)
{
    sizes = [1_000_000, 10_000_000];
}

Call[] calls = [.. Call.All.Where(call => call.Name.Contains(Option("--calls=") ?? "", StringComparison.Ordinal))];
if (Option("--server=") is { } own)
{
    await MeasureAsync(own, sizes, calls);
    if (args.Contains("--plans"))
    {
        var logs = Option("--logs=") ?? throw new ArgumentException("--plans of your own server needs --logs=folder");
        await WritePlansAsync(own, sizes, logs);
    }

    return;
}

var folder = Path.Combine(Path.GetTempPath(), $"chatplatform-statistics-{Guid.NewGuid():n}");
var postgres = await PrivatePostgres.StartAsync(
    new PrivatePostgresOptions { DataDirectory = folder, DatabaseName = "postgres", Durable = false }, NullLogger.Instance);
try
{
    await MeasureAsync(postgres.ConnectionString, sizes, calls);
    if (args.Contains("--plans"))
    {
        await WritePlansAsync(postgres.ConnectionString, sizes, Path.Combine(postgres.DataDirectory, "log"));
    }
}
finally
{
    await postgres.DisposeAsync();
    Directory.Delete(folder, recursive: true);
}

string? Option(string name) => args.FirstOrDefault(arg => arg.StartsWith(name, StringComparison.Ordinal))?[name.Length..];

static async Task WritePlansAsync(string server, int[] sizes, string logs)
{
    foreach (var size in sizes)
    {
        await Plans.WriteAsync(StoreOf(server, size), logs, Path.Combine("benchmarks", "statistics", "plans", $"{size}"));
    }
}

static string StoreOf(string server, int messages) =>
    new NpgsqlConnectionStringBuilder(server) { Database = $"store_{messages}", CommandTimeout = 0 }.ConnectionString;

static async Task MeasureAsync(string server, int[] sizes, Call[] calls)
{
    foreach (var size in sizes)
    {
        try
        {
            await RunAsync(server, $"CREATE DATABASE store_{size}");
            await FillAsync(StoreOf(server, size), size);
        }
        catch (PostgresException exists) when (exists.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            Console.WriteLine($"{size:N0} messages, found");
        }
    }

    var servers = new List<Server>();
    try
    {
        foreach (var size in sizes)
        {
            servers.Add(await Server.StartAsync(StoreOf(server, size)));
        }

        var columns = string.Concat(sizes.Select(size => $" |{size,12:N0} p50 {"p95",7} {"naive",7}"));
        Console.WriteLine($"\n{"call",-36} {"aim",5}{columns} | times, ms");
        foreach (var call in calls)
        {
            await MeasureCallAsync(call, [.. sizes.Select(size => StoreOf(server, size))], servers);
        }
    }
    finally
    {
        foreach (var started in servers)
        {
            await started.DisposeAsync();
        }
    }
}

// In turns, because the speed of the machine may change.
static async Task MeasureCallAsync(Call call, string[] stores, List<Server> servers)
{
    var times = servers.ConvertAll(_ => new List<double>());
    var begin = Stopwatch.GetTimestamp();
    for (var turn = 0; turn < 10 || (turn < 50 && Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(10)); turn++)
    {
        for (var i = 0; i < servers.Count; i++)
        {
            times[i].AddRange(await servers[i].MeasureAsync(call.Address, 20, warmUp: turn == 0 ? 100 : 3));
        }
    }

    var line = new StringBuilder($"{call.Name,-36} {call.TargetMilliseconds,5}");
    for (var i = 0; i < servers.Count; i++)
    {
        times[i].Sort();
        var naive = call.Naive is null ? "" : $"{await NaiveAsync(stores[i], call.Naive):F0}";
        line.Append($" |{At(times[i], 0.5),16:F1} {At(times[i], 0.95),7:F1} {naive,7}");
    }

    Console.WriteLine(line.Append($" | {At(times[^1], 0.5) / At(times[0], 0.5):F2}, p95 {At(times[^1], 0.95) / At(times[0], 0.95):F2}"));
}

static double At(List<double> ascending, double share) => ascending[(int)(ascending.Count * share)];

static async Task FillAsync(string connectionString, int messages)
{
    var begin = Stopwatch.GetTimestamp();
    await new Store(connectionString).CreateAsync(messages);
    Console.WriteLine($"{messages:N0} messages, loaded in {Stopwatch.GetElapsedTime(begin).TotalSeconds:F0} s");
    await using (var source = NpgsqlDataSource.Create(connectionString))
    {
        begin = Stopwatch.GetTimestamp();
        var compaction = new StatisticsCompaction(source, new StoreClock());
        await new StatisticsRebuild(source, compaction).RebuildAsync(null, CancellationToken.None).LastAsync();
        Console.WriteLine($"rebuilt in {Stopwatch.GetElapsedTime(begin).TotalSeconds:F0} s");
        await RunAsync(connectionString, "VACUUM (ANALYZE)");
    }
}

static async Task<double> NaiveAsync(string connectionString, string sql)
{
    await using var connection = new NpgsqlConnection(connectionString);
    await connection.OpenAsync();
    var begin = Stopwatch.GetTimestamp();
    await using var command = new NpgsqlCommand($"SELECT count(*) FROM ({sql}) naive", connection) { CommandTimeout = 0 };
    await command.ExecuteScalarAsync();
    return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
}

static async Task RunAsync(string connectionString, string sql)
{
    await using var connection = new NpgsqlConnection(connectionString);
    await connection.OpenAsync();
    await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
    await command.ExecuteNonQueryAsync();
}
