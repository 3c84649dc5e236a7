using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using ChatPlatform.WebApi.FunctionalTests.RealData;
using Npgsql;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Start;

/// <summary>
/// An import with repeated kills (kill -9) of server and PostgreSQL must give the same result as one without. The long variant with real
/// history is tests/scripts/kill-imports.sh.
/// </summary>
[Platform(Include = "Linux")]
internal sealed class KilledImportTests
{
    private const int BatchItems = 500;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    // Each batch of messages writes these, in this order.
    private static readonly string[] Tables = ["messages", "import_keys", "events"];

    private string _folder = null!;

    /// <summary>3 by default: one for each way to kill.</summary>
    private static int Kills => TestContext.Parameters.Get("kills", 3);

    [SetUp]
    public void CreateFolder() => Directory.CreateDirectory(_folder = ScratchFolder.New("chatplatform-kill-"));

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task An_import_with_kills_gives_the_same_result()
    {
        var seed = TestContext.Parameters.Get("seed", Environment.TickCount);
        TestContext.Out.WriteLine($"seed {seed}");
        var files = Files();

        var (expected, _) = await ImportAsync("undisturbed", files, kills: 0, seed);
        var (found, killed) = await ImportAsync("killed", files, Kills, seed);

        Assert.That(killed.Values.Sum(), Is.EqualTo(Kills), "the import finished before all kills");
        TestContext.Out.WriteLine(string.Join(", ", killed.Select(way => $"{way.Key}: {way.Value}")));
        Assert.That(found, Is.EqualTo(expected));
    }

    /// <summary>Real history if requested and present, else generated: includes replies to earlier and later messages.</summary>
    private Dictionary<string, string> Files()
    {
        if (TestContext.Parameters.Get("history") is { } real && RequiresRealDataAttribute.Folder is { Length: > 0 } folder)
        {
            var history = Path.Combine(folder, real);
            return new[] { "users", "channels", "messages" }
                .ToDictionary(what => what, what => Directory.EnumerateFiles(history, $"{what}.json*").Single());
        }

        const int users = 50, rooms = 5, messages = 30_000;
        var random = new Random(1);
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return new()
        {
            ["users"] = Write("users", Enumerable.Range(0, users).Select(i =>
                $$"""{"idempotencyKey":"u{{i}}","name":"user{{i}}","displayName":"User {{i}}","guest":false}""")),
            ["channels"] = Write("channels", Enumerable.Range(0, rooms).Select(i =>
                $$"""{"idempotencyKey":"c{{i}}","type":"PUBLIC","name":"r{{i}}","createdTime":"{{start:O}}","members":["user{{i}}"]}""")),
            ["messages"] = Write("messages", Enumerable.Range(0, messages).Select(i =>
            {
                // A reply refers to an earlier or later message of the same channel, or to none.
                var other = i + (rooms * random.Next(-400, 400));
                var reply = random.Next(3) == 0 && other >= 0 && other < messages && other % 7 != 0 && i % 7 == 0
                    ? $",\"replyTo\":\"m{other}\""
                    : "";
                var time = start.AddSeconds(i * 40).ToString("O", CultureInfo.InvariantCulture);
                var (room, user) = (i % rooms, random.Next(users));
                return $$"""{"idempotencyKey":"m{{i}}","type":"TEXT","channel":"r{{room}}","user":"user{{user}}","body":"line {{i}}" """
                    + $$""","createdTime":"{{time}}"{{reply}}}""";
            })),
        };

        string Write(string what, IEnumerable<string> lines)
        {
            var path = Path.Combine(_folder, $"{what}.ndjson.gz");
            using var file = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
            foreach (var line in lines)
            {
                file.WriteLine(line);
            }

            return path;
        }
    }

    /// <returns>The final state of the database, and the kills by way.</returns>
    private async Task<(string State, SortedDictionary<string, int> Killed)> ImportAsync(
        string name, Dictionary<string, string> files, int kills, int seed)
    {
        await using var site = new Site(Path.Combine(_folder, name));
        await site.StartAsync();
        var jobs = new List<long>();
        foreach (var what in new[] { "users", "channels", "messages" })
        {
            jobs.Add(await site.UploadAsync(what, files[what]));
        }

        var killed = new SortedDictionary<string, int>();
        var random = new Random(seed);
        for (var done = 0; done < kills && await site.StateAsync(jobs[^1]) is not ("FINISHED" or "FAILED"); done++)
        {
            // Kills while a batch waits for a table, some batches later, or at any step after that.
            await using var tableLock = await TableLock.AcquireAsync(site.Open, Tables[random.Next(Tables.Length)]);
            for (var batches = random.Next(3); batches > 0; batches--)
            {
                await tableLock.ReleaseOneAsync();
            }

            if (random.Next(2) == 0)
            {
                await tableLock.ReleaseAsync();
                for (var polls = random.Next(20); polls > 0; polls--)
                {
                    await site.StateAsync(jobs[^1]);
                }
            }

            var way = (done % 3) switch { 0 => "server", 1 => "a session of PostgreSQL", _ => "PostgreSQL and server" };
            await site.KillAsync(way);
            killed[way] = killed.GetValueOrDefault(way) + 1;
        }

        await Wait.UntilAsync(async () => await site.StateAsync(jobs[^1]) is "FINISHED" or "FAILED", "the import to end", Timeout);
        return (await site.DescribeAsync(), killed);
    }

    /// <summary>A server with a private PostgreSQL; started again after each kill.</summary>
    private sealed class Site(string folder) : IAsyncDisposable
    {
        private ServerProcess? _server;

        private string Cluster => Path.Combine(folder, "postgres", "data");

        public async Task StartAsync()
        {
            // Jobs of a killed server continue after the lease ends.
            _server = ServerProcess.Start(
                folder,
                ("Jobs__Lease", "00:00:02"),
                ("Imports__BatchItems", $"{BatchItems}"),
                ("RateLimits__platform__Permits", "0"),
                ("Logging__LogLevel__Default", "Error"));
            await _server.UntilReadyAsync();
            await _server.AuthenticateAsync(folder);
        }

        public async Task<long> UploadAsync(string what, string file)
        {
            using var form = new MultipartFormDataContent { { new StreamContent(File.OpenRead(file)), "file", Path.GetFileName(file) } };
            using var accepted = await _server!.Client.PostAsync(new Uri($"v1/imports/{what}", UriKind.Relative), form);
            return (long)(await accepted.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
        }

        public async Task<string?> StateAsync(long job) => (string?)(await GetJobAsync(job))?["state"];

        public async Task KillAsync(string way)
        {
            if (way == "a session of PostgreSQL")
            {
                // PostgreSQL then ends all other sessions and recovers; the server keeps running.
                await using var database = Open();
                await using var connection = await database.OpenConnectionAsync();
                await using var find = new NpgsqlCommand(
                    "select pid from pg_stat_activity where query ilike 'copy %' and state = 'active' limit 1", connection);
                Kill((int?)await find.ExecuteScalarAsync() ?? connection.ProcessID);
                return;
            }

            if (way == "PostgreSQL and server")
            {
                var postmaster = (await File.ReadAllLinesAsync(Path.Combine(Cluster, "postmaster.pid")))[0];
                Kill(int.Parse(postmaster, CultureInfo.InvariantCulture));
            }

            _server!.KillAtOnce();
            await _server.ExitAsync();
            _server.Dispose();
            await StartAsync();
        }

        /// <summary>The state that must be equal, without ids.</summary>
        public async Task<string> DescribeAsync()
        {
            await using var database = Open();
            await using (var analyze = database.CreateCommand("analyze"))
            {
                await analyze.ExecuteNonQueryAsync();
            }

            var state = new StringBuilder();
            foreach (var (what, sql) in new[]
            {
                ("users", "select md5(string_agg(concat_ws('|', name, display_name, is_guest), ',' order by name)) || count(*) from users"),
                ("channels", "select md5(string_agg(concat_ws('|', name, type), ',' order by name)) || count(*) from channels"),
                // Some members joined at import time, by the clock of the server.
                ("members", """
                    select md5(string_agg(
                      concat_ws('|', c.name, u.name, case when m.created_time < now() - interval '1 day' then m.created_time end),
                      ',' order by c.name, u.name)) || count(*)
                    from channel_members m
                    join channels c on c.application_id = m.application_id and c.id = m.channel_id
                    join users u on u.application_id = m.application_id and u.id = m.user_id
                    """),
                ("messages", """
                    select md5(string_agg(
                      concat_ws('|', k.key, c.name, u.name, m.body, m.created_time, m.broadcast, m.nested_level, p.key),
                      ',' order by k.key)) || count(*) || ' ' || (select count(*) from messages)
                    from messages m
                    join channels c on c.application_id = m.application_id and c.id = m.channel_id
                    join users u on u.application_id = m.application_id and u.id = m.user_id
                    join import_keys k on k.application_id = m.application_id and k.target_id = m.id
                      and k.type = (select type from jobs order by id desc limit 1)
                    left join import_keys p on p.application_id = m.application_id and p.target_id = m.parent_id and p.type = k.type
                    """),
                ("keys", """
                    select string_agg(concat_ws(': ', type, keys), ',' order by type)
                    from (select type, count(*) as keys from import_keys group by type) k
                    """),
                ("jobs", """
                    select string_agg(concat_ws(' ', id, type, state, processed, succeeded, skipped, failed, total, error), ',' order by id)
                    from jobs
                    """),
                ("left over", "select count(*) || ' ' || (select count(*) from job_item_errors) from deferred_replies"),
            })
            {
                await using var command = database.CreateCommand(sql);
                state.AppendLine(CultureInfo.InvariantCulture, $"{what}: {await command.ExecuteScalarAsync()}");
            }

            await foreach (var difference in new StatisticsVerifier(database).VerifyAsync(applicationId: null, CancellationToken.None))
            {
                state.AppendLine(CultureInfo.InvariantCulture, $"statistics: {difference}");
            }

            return state.ToString();
        }

        public NpgsqlDataSource Open()
        {
            var lines = File.ReadAllLines(Path.Combine(Cluster, "postmaster.pid"));
            return NpgsqlDataSource.Create(
                $"Host={lines[4]};Port={lines[3]};Username=chatplatform;Database=chatplatform;Pooling=false;Command Timeout=300");
        }

        public async ValueTask DisposeAsync()
        {
            if (_server is not null)
            {
                await _server.StopAsync();
                _server.Dispose();
            }
        }

        private static void Kill(int processId)
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
        }

        /// <returns>Null while server or database are down.</returns>
        private async Task<JsonNode?> GetJobAsync(long job)
        {
            using var response = await _server!.Client.GetAsync(new Uri($"v1/jobs/{job}", UriKind.Relative));
            return response.IsSuccessStatusCode ? JsonNode.Parse(await response.Content.ReadAsStringAsync()) : null;
        }
    }
}
