using System.Diagnostics;
using System.Globalization;
using ChatPlatform.Benchmarks.Statistics;
using ChatPlatform.Infrastructure.Postgres;
using ChatPlatform.Infrastructure.Statistics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

// Statistics.Benchmark [--server=connection string] [messages …]: generates a store of each size, rebuilds its statistics, measures each
// call over HTTP. On a server of your own the stores stay, and are found again.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const string option = "--server=";
var own = args.FirstOrDefault(arg => arg.StartsWith(option, StringComparison.Ordinal))?[option.Length..];
var sizes = args.Where(arg => !arg.StartsWith("--", StringComparison.Ordinal)).Select(int.Parse).DefaultIfEmpty().ToArray();
if (sizes is [0])
{
    sizes = [1_000_000, 10_000_000];
}

if (own is not null)
{
    foreach (var size in sizes)
    {
        await MeasureAsync(own, size);
    }

    return;
}

var folder = Path.Combine(Path.GetTempPath(), $"chatplatform-statistics-{Guid.NewGuid():n}");
var postgres = await PrivatePostgres.StartAsync(
    new PrivatePostgresOptions { DataDirectory = folder, DatabaseName = "postgres", Durable = false }, NullLogger.Instance);
try
{
    foreach (var size in sizes)
    {
        await MeasureAsync(postgres.ConnectionString, size);
        await Plans.KeepAsync(
            StoreOf(postgres.ConnectionString, size),
            Path.Combine(postgres.DataDirectory, "log"),
            Path.Combine("benchmarks", "statistics", "plans", $"{size}"));
    }
}
finally
{
    await postgres.DisposeAsync();
    Directory.Delete(folder, recursive: true);
}

static string StoreOf(string server, int messages) =>
    new NpgsqlConnectionStringBuilder(server) { Database = $"store_{messages}", CommandTimeout = 0 }.ConnectionString;

static async Task MeasureAsync(string server, int messages)
{
    var name = $"store_{messages}";
    var connectionString = StoreOf(server, messages);
    try
    {
        await RunAsync(server, $"CREATE DATABASE {name}");
        await FillAsync(connectionString, messages);
    }
    catch (PostgresException there) when (there.SqlState == PostgresErrorCodes.DuplicateDatabase)
    {
        Console.WriteLine($"\n{messages:N0} messages, found");
    }

    Console.WriteLine($"{"call",-36} {"aim",5} {"p50",8} {"p95",8} {"naive",10}  ms");
    await using var measured = await Server.StartAsync(connectionString);
    foreach (var call in Call.All)
    {
        var times = await measured.MeasureAsync(call.Address, 100, warmUp: 40);
        var naive = call.Naive is null ? "" : $"{await NaiveAsync(connectionString, call.Naive),10:F0}";
        Console.WriteLine($"{call.Name,-36} {call.TargetMilliseconds,5} {times[times.Length / 2],8:F1} {times[(int)(times.Length * 0.95)],8:F1} {naive,10}");
    }
}

static async Task FillAsync(string connectionString, int messages)
{
    var begin = Stopwatch.GetTimestamp();
    await new Store(connectionString).MakeAsync(messages);
    Console.WriteLine($"\n{messages:N0} messages, loaded in {Stopwatch.GetElapsedTime(begin).TotalSeconds:F0} s");
    await using (var source = NpgsqlDataSource.Create(connectionString))
    {
        begin = Stopwatch.GetTimestamp();
        await new StatisticsRebuild(source, new RollupGrowth(source, new StoreClock())).RebuildAsync(null, CancellationToken.None).LastAsync();
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
