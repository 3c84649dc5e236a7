using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>What is new to a reader follows the order of arrival, not times or ids, which are drawn before the commit.</summary>
public sealed class ArrivalTests : PlatformTest
{
    private const string Lobby = "/v1/channels/1/messages";
    private const int Writers = 8;
    private const int MessagesPerWriter = 625;

    /// <summary>More turns of followers than all writers give them: they are done.</summary>
    private const int Turns = 10_000;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private ServerFactory _behind = null!;
    private HttpClient _other = null!;

    protected override void Configure(ServerFactory server) => Configure(server, TimeSpan.Zero);

    [OneTimeSetUp]
    public void CreateServerBehind()
    {
        _behind = new ServerFactory(Database, Clock);
        Configure(_behind, TimeSpan.FromMilliseconds(-500));
    }

    [SetUp]
    public void CreateOther()
    {
        _clock.Restart();
        _other = _behind.ClientFor(Riverside);
    }

    [TearDown]
    public void DisposeOther() => _other.Dispose();

    [OneTimeTearDown]
    public async Task StopServerBehind() => await _behind.DisposeAsync();

    [Test]
    public async Task Followers_of_prev_get_each_message_once_from_two_servers_with_different_clocks()
    {
        var sent = new ConcurrentBag<(long Id, bool IsReply)>();
        using var turns = new SemaphoreSlim(0);
        var lists = new[] { "/v1/channels/1/messages", "/v1/messages", $"/v1/threads/{Greeting}/messages", $"/v1/users/{Alice.Id}/messages" };
        var from = await Task.WhenAll(lists.Select(async list => LinksOf(await GetAsync($"{list}?size=50"))["self"]));
        var followers = Task.WhenAll(from.Select(self => Task.Run(() => FollowAsync(self, turns))));

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < MessagesPerWriter; i++)
            {
                var reply = i % 5 == 0;
                var path = reply ? $"/v1/threads/{Greeting}/messages" : Lobby;
                sent.Add(((long)(await SendMessageAsync(path, writer % 2 == 0 ? Caller : _other))["id"]!, reply));
                if (i % 10 == writer)
                {
                    turns.Release();
                }
            }
        })));
        turns.Release(Turns);
        var seen = await followers;

        var all = sent.Select(message => message.Id).ToList();
        List<long>[] expected = [all, all, [.. sent.Where(message => message.IsReply).Select(message => message.Id)], all];
        for (var list = 0; list < lists.Length; list++)
        {
            Assert.That(expected[list].Except(seen[list]).Count(), Is.Zero, $"{lists[list]}: missed of {expected[list].Count}");
            Assert.That(seen[list], Is.Unique, lists[list]);
        }
    }

    [Test]
    public async Task Message_that_is_committed_late_comes_by_prev_once()
    {
        var self = LinksOf(await GetAsync(Lobby))["self"];
        await using var late = await LateAsync(1);
        var newer = (long)(await SendMessageAsync(Lobby))["id"]!;
        var first = await NewerAsync(self);
        await late.CommitAsync();
        var second = await NewerAsync(LinksOf(first!)["self"]);

        Assert.That(Ids(first!, "messages"), Is.EqualTo([newer]));
        Assert.That(Ids(second!, "messages"), Is.EqualTo(late.Ids));
        Assert.That(await NewerAsync(LinksOf(second!)["self"]), Is.Null);
    }

    [Test]
    public async Task Many_late_messages_come_page_by_page_while_others_arrive()
    {
        var self = LinksOf(await GetAsync($"{Lobby}?size=3"))["self"];
        await using var late = await LateAsync(7);
        await late.CommitAsync();
        await using var later = await LateAsync(2);
        var seen = new List<long>();
        var pages = 0;
        long newer = 0;
        for (var page = await NewerAsync(self); page is not null; page = await NewerAsync(LinksOf(page)["self"]))
        {
            seen.AddRange(Ids(page, "messages"));
            if (++pages == 2)
            {
                await later.CommitAsync();
                newer = (long)(await SendMessageAsync(Lobby))["id"]!;
            }
        }

        Assert.That(seen, Is.EquivalentTo(late.Ids.Concat(later.Ids).Append(newer)));
    }

    [Test]
    public async Task Message_that_is_committed_after_the_channel_was_read_is_unread()
    {
        await using var late = await LateAsync(1);
        await PostAsync("/v1/channels/1/read", """{"id":2}""");
        await late.CommitAsync();

        Assert.That(await UnreadAsync(), Is.EqualTo(1));
        Assert.That(await ReadersAsync(late.Ids[0]), Is.Empty);
        await PostAsync("/v1/channels/1/read", """{"id":2}""");
        Assert.That(await UnreadAsync(), Is.Zero);
        Assert.That(await ReadersAsync(late.Ids[0]), Is.EqualTo(["bob"]));
    }

    [Test]
    public async Task Message_that_is_committed_after_a_user_joined_is_unread()
    {
        await using var late = await LateAsync(1);
        await PostAsync("/v1/channels/1/members", $$"""{"id":{{Guest.Id}}}""");
        await late.CommitAsync();

        Assert.That(await UnreadAsync(Guest.Id), Is.EqualTo(1));
    }

    [Test]
    public async Task Message_from_a_server_whose_clock_is_behind_is_new_unread_and_the_last()
    {
        var newest = await SendMessageAsync(Lobby);
        await PostAsync("/v1/channels/1/read", """{"id":2}""");
        var self = LinksOf(await GetAsync(Lobby))["self"];

        var behind = await SendMessageAsync(Lobby, _other);

        Assert.That((string)behind["createdTime"]!, Is.LessThan((string)newest["createdTime"]!));
        Assert.That(Ids((await NewerAsync(self))!, "messages"), Is.EqualTo([(long)behind["id"]!]));
        Assert.That(await UnreadAsync(), Is.EqualTo(1));
        Assert.That((long)(await GetAsync("/v1/channels/1"))["lastReceivedMessage"]!["id"]!, Is.EqualTo((long)behind["id"]!));
    }

    [Test]
    public async Task History_that_is_imported_after_a_user_joined_is_not_unread()
    {
        await PostAsync("/v1/channels/1/read", """{"id":2}""");
        await using var history = await LateAsync(3, TimeSpan.FromDays(-30));
        await history.CommitAsync();

        Assert.That(await UnreadAsync(), Is.Zero);
    }

    private void Configure(ServerFactory server, TimeSpan shift)
    {
        server.Settings["RateLimits:platform:Permits"] = "0";
        server.Settings["Secrets:Key"] = Convert.ToBase64String(new byte[32]);
        server.Replacements = services => services.AddSingleton<TimeProvider>(new RunningClock(_clock, shift));
    }

    /// <summary>Follows prev, at most as often as it may, until nothing is new after the writers are done.</summary>
    private async Task<List<long>> FollowAsync(string self, SemaphoreSlim turns)
    {
        var seen = new List<long>();
        for (var turn = 0; ; turn++)
        {
            await turns.WaitAsync();
            var last = turns.CurrentCount > Turns / 2;
            if (await NewerAsync(self, turn % 2 == 0 ? Caller : _other) is { } page)
            {
                seen.AddRange(Ids(page, "messages"));
                self = LinksOf(page)["self"];
            }
            else if (last)
            {
                return seen;
            }
        }
    }

    /// <summary>Asks for the page again, as clients do, and follows its link to what is newer; null without one.</summary>
    private async Task<JsonNode?> NewerAsync(string self, HttpClient? client = null)
    {
        var again = await SendAsync(HttpMethod.Get, Base + self, null, HttpStatusCode.OK, client: client);
        return LinksOf(again).GetValueOrDefault("prev") is { } prev
            ? await SendAsync(HttpMethod.Get, Base + prev, null, HttpStatusCode.OK, client: client)
            : null;
    }

    private Task<JsonNode> SendMessageAsync(string path, HttpClient? client = null) => SendAsync(
        HttpMethod.Post, path, $$$"""{"type":"TEXT","body":"hello","user":{"id":{{{Alice.Id}}}}}""", HttpStatusCode.OK, client: client);

    private async Task<long> UnreadAsync(long? user = null) =>
        (long)(await GetAsync($"/v1/users/{user ?? Bob.Id}/messages/unread/count"))["count"]!;

    private async Task<List<string>> ReadersAsync(long message) =>
        (await GetAsync($"/v1/messages/{message}/read-receipts"))["_embedded"]?["receipts"]!.AsArray()
            .Select(receipt => (string)receipt!["user"]!["name"]!).ToList() ?? [];

    /// <summary>Messages of Alice in the lobby, dated before all others, in a transaction that is still open.</summary>
    private async Task<LateMessages> LateAsync(int count, TimeSpan? before = null)
    {
        var connection = await Database.DataSource.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            insert into messages (application_id, id, type, channel_id, thread_id, nested_level, user_id, body, properties, created_time, broadcast)
            select 1, nextval('message_ids') * 100, 0, 1, 1, 0, 1, 'late', '{}', $1, true from generate_series(1, $2)
            returning id
            """;
        command.Parameters.Add(new() { Value = Now + (before ?? TimeSpan.FromSeconds(-1)) });
        command.Parameters.Add(new() { Value = count });
        var late = new LateMessages(connection, transaction);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            late.Ids.Add(reader.GetInt64(0));
        }

        return late;
    }

    private sealed class LateMessages(Npgsql.NpgsqlConnection connection, Npgsql.NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public List<long> Ids { get; } = [];

        public Task CommitAsync() => transaction.CommitAsync();

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }

    private sealed class RunningClock(Stopwatch clock, TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(SeededCommunity.Now, TimeSpan.Zero) + clock.Elapsed + shift;
    }
}
