using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatPlatform.Infrastructure.Postgres;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Start;

/// <summary>
/// Kills server and database while messages are sent and folded. Confirmed messages must be stored, unconfirmed ones completely or not at
/// all, and a recount must confirm all statistics.
/// </summary>
[Platform(Exclude = "Win")]
internal sealed class KilledFoldTests
{
    private const int Writers = 4;

    private static readonly (string, string) ShortPause = ("Statistics__Pause", "00:00:00.020");

    private readonly ConcurrentDictionary<long, bool> _sent = new();
    private readonly ConcurrentDictionary<long, bool> _deleted = new();
    private readonly ConcurrentDictionary<long, bool> _inDoubt = new();
    private string _folder = null!;

    /// <summary>For more: <c>dotnet test -- 'TestRunParameters.Parameter(name="kills", value="50")'</c>.</summary>
    private static int Kills => TestContext.Parameters.Get("kills", 2);

    [SetUp]
    public void NameFolder()
    {
        _folder = ScratchFolder.New("chatplatform-killed-");
        _sent.Clear();
        _deleted.Clear();
        _inDoubt.Clear();
    }

    [TearDown]
    public async Task RemoveFolder()
    {
        if (Directory.Exists(Path.Combine(_folder, "postgres")))
        {
            await (await AdoptAsync()).DisposeAsync();
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Test]
    public async Task Statistics_stay_correct_after_kills_under_load()
    {
        var seed = TestContext.Parameters.Get("seed", Environment.TickCount);
        var random = new Random(seed);
        long? channelId = null;
        for (var kill = 1; kill <= Kills; kill++)
        {
            var what = $"seed {seed}, kill {kill}";
            using (var server = ServerProcess.Start(_folder, ShortPause))
            {
                await server.UntilReadyAsync();
                await server.AuthenticateAsync(_folder);
                channelId ??= await OpenChannelAsync(server);
                await WriteUntilKilledAsync(server, channelId.Value, random.Next(40, 200), kill % 2 == 0);
            }

            await using var postgres = await AdoptAsync();
            await using var database = NpgsqlDataSource.Create(postgres.ConnectionString);
            await ExpectStoredAsync(database, what);
            await ExpectConsistentAsync(database, what);
        }

        await ExpectReportedAsync(channelId!.Value, $"seed {seed}");
    }

    [TestCase("user_counts")]
    [TestCase("follower_positions", Description = "the last step")]
    public async Task A_killed_fold_is_repeated(string table)
    {
        await using var database = await TestDatabase.CloneAsync();
        using (var first = await StartAsync(database))
        {
            await using var connection = await database.DataSource.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await ExecuteAsync(connection, $"lock table {table} in share mode");
            for (var i = 0; i < 5; i++)
            {
                await SendAsync(first, SeededCommunity.Lobby.Id);
            }

            await Wait.UntilAsync(async () => await IsAnySessionBlockedAsync(database), "the fold to wait for the table");
            first.KillAtOnce();
            await first.ExitAsync();
        }

        await ExpectConsistentAsync(database.DataSource, "killed");
        using var second = await StartAsync(database);
        await Wait.UntilAsync(async () => await IsFoldedAsync(database), "the fold to finish");
        await ExpectConsistentAsync(database.DataSource, "folded by the next start");
        var shown = await second.Client.GetFromJsonAsync<JsonObject>(new Uri("/channels?channel_id=1", UriKind.Relative));
        Assert.That((long)shown!["channels"]![0]!["chats"]!["total_received"]!, Is.EqualTo(3 + 5));
    }

    [Test]
    public async Task A_message_is_stored_with_its_event_or_not_at_all()
    {
        await using var database = await TestDatabase.CloneAsync();
        using (var first = await StartAsync(database))
        {
            await using var connection = await database.DataSource.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await ExecuteAsync(connection, "lock table events in share mode");
            var sending = SendAsync(first, SeededCommunity.Lobby.Id);
            await Wait.UntilAsync(async () => await IsAnySessionBlockedAsync(database), "the event insert to wait");
            first.KillAtOnce();
            await first.ExitAsync();
            Assert.That(async () => await sending, Throws.InstanceOf<HttpRequestException>(), "no response");
        }

        await ExpectConsistentAsync(database.DataSource, "killed");
        using var second = await StartAsync(database);
        await SendAsync(second, SeededCommunity.Lobby.Id);
        await ExpectConsistentAsync(database.DataSource, "sent more");
    }

    private async Task<ServerProcess> StartAsync(TestDatabase database)
    {
        var server = ServerProcess.Start(_folder, ("ConnectionStrings__ChatPlatform", database.ConnectionString), ShortPause);
        await server.UntilReadyAsync();
        await server.AuthenticateAsync(SeededCommunity.Riverside.ClientId, SeededCommunity.Riverside.ClientSecret);
        return server;
    }

    /// <summary>Sends and deletes on several connections; kills the server after so many confirmed messages.</summary>
    private async Task WriteUntilKilledAsync(ServerProcess server, long channelId, int minimum, bool withDatabase)
    {
        var previous = _sent.Count;
        var writers = Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAsync(server, channelId))).ToList();
        await Wait.UntilAsync(() => Task.FromResult(_sent.Count >= previous + minimum), $"{minimum} messages to be sent");
        server.KillAtOnce();
        if (withDatabase)
        {
            using var postmaster = System.Diagnostics.Process.GetProcessById(PostmasterOf(_folder));
            postmaster.Kill();
            await postmaster.WaitForExitAsync();
        }

        await server.ExitAsync();
        await Task.WhenAll(writers);
    }

    private async Task WriteAsync(ServerProcess server, long channelId)
    {
        try
        {
            for (var i = 1; ; i++)
            {
                var id = await SendAsync(server, channelId);
                _sent[id] = true;
                if (i % 5 == 0)
                {
                    _inDoubt[id] = true;
                    using var deleted = await server.Client.DeleteAsync(new Uri($"/v1/messages/{id}", UriKind.Relative));
                    if (deleted.IsSuccessStatusCode)
                    {
                        _deleted[id] = true;
                    }
                }
            }
        }
        catch (HttpRequestException)
        {
            // The server was killed.
        }
    }

    private static async Task<long> SendAsync(ServerProcess server, long channelId)
    {
        using var response = await server.Client.PostAsJsonAsync(
            new Uri($"/v1/channels/{channelId}/messages", UriKind.Relative),
            new { type = "TEXT", body = "Hello", user = new { username = "alice" } });
        response.EnsureSuccessStatusCode();
        return (long)(await response.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
    }

    private static async Task<long> OpenChannelAsync(ServerProcess server)
    {
        using var user = await server.Client.PostAsJsonAsync(
            new Uri("/v1/users", UriKind.Relative), new { name = "alice", displayName = "Alice", isGuest = false });
        using var channel = await server.Client.PostAsJsonAsync(
            new Uri("/v1/channels", UriKind.Relative), new { type = "PUBLIC", name = "killed", creator = new { username = "alice" } });
        channel.EnsureSuccessStatusCode();
        return (long)(await channel.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
    }

    private async Task ExpectStoredAsync(NpgsqlDataSource database, string what)
    {
        var stored = new HashSet<long>();
        await using var command = database.CreateCommand("select id from messages");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            stored.Add(reader.GetInt64(0));
        }

        Assert.That(_sent.Keys.Where(id => !_inDoubt.ContainsKey(id)), Is.SubsetOf(stored), $"{what}: confirmed messages are stored");
        Assert.That(_deleted.Keys.Where(stored.Contains), Is.Empty, $"{what}: deleted messages are removed");
    }

    private static async Task ExpectConsistentAsync(NpgsqlDataSource database, string what)
    {
        var differences = new StatisticsVerifier(database).VerifyAsync(null, CancellationToken.None);
        Assert.That(await differences.Select(difference => difference.ToString()).ToListAsync(), Is.Empty, what);
    }

    private async Task ExpectReportedAsync(long channelId, string what)
    {
        long counted;
        await using (var postgres = await AdoptAsync())
        await using (var database = NpgsqlDataSource.Create(postgres.ConnectionString))
        await using (var command = database.CreateCommand("select count(*) from messages"))
        {
            counted = (long)(await command.ExecuteScalarAsync())!;
        }

        using var server = ServerProcess.Start(_folder);
        await server.UntilReadyAsync();
        await server.AuthenticateAsync(_folder);
        var shown = await server.Client.GetFromJsonAsync<JsonObject>(new Uri($"/channels?channel_id={channelId}", UriKind.Relative));
        Assert.That((long)shown!["channels"]![0]!["chats"]!["total_received"]!, Is.EqualTo(counted), what);
        await server.StopAsync();
    }

    /// <summary>The private database of the server: still running, or started again on its data.</summary>
    private Task<PrivatePostgres> AdoptAsync() => PrivatePostgres.StartAsync(
        new PrivatePostgresOptions { DataDirectory = Path.Combine(_folder, "postgres") }, NullLogger.Instance);

    private static int PostmasterOf(string folder) => int.Parse(
        File.ReadLines(Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories).Single()).First(),
        CultureInfo.InvariantCulture);

    private static async Task<bool> IsAnySessionBlockedAsync(TestDatabase database) => await ScalarAsync(
        database, "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')") is true;

    private static async Task<bool> IsFoldedAsync(TestDatabase database) => await ScalarAsync(
        database,
        """
        select not exists (
          select from events e, follower_positions p where p.name = 'statistics' and (e.xid, e.id) > (p.xid, p.event_id))
        """) is true;

    private static async Task<object?> ScalarAsync(TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
