using System.Globalization;
using System.Text.Json.Nodes;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Applications;
using ChatPlatform.Domain.Users;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.RealData;

/// <summary>
/// Imports real history over the API, the smaller set first. The statistics of each dialect must equal a recount of the files. Only the
/// fixture imports; its tests only read.
/// </summary>
[RequiresRealData]
internal sealed class RealDataTests
{
    private static readonly string[] Parts = ["users", "channels", "members", "messages"];

    private readonly TestClock _clock = new();
    private TestDatabase _database = null!;
    private ServerFactory _server = null!;
    private HttpClient _platform = null!;
    private HttpClient _engagement = null!;
    private History _history = null!;
    private Dictionary<string, long> _channelIds = null!;
    private Dictionary<string, long> _userIds = null!;

    [OneTimeSetUp]
    public async Task ImportEverything()
    {
        _database = await TestDatabase.CloneAsync();
        _server = new ServerFactory(_database, _clock, workers: true) { Settings = { ["RateLimits:platform:Permits"] = "0" } };
        var application = await CreateEmptyApplicationAsync("real-data");
        var analyst = await CreateAnalystAsync(application);
        _platform = _server.ClientFor(application);
        _engagement = _server.LoginFor(application, analyst);

        var small = History.Load("irc");
        _history = History.Load("irc-large");
        await ImportAsync(small, "users", succeeded: small.Users.Count, skipped: 0);
        await ImportAsync(small, "channels", succeeded: small.Channels.Count, skipped: 0);
        await ImportAsync(small, "messages", succeeded: small.Messages.Count, skipped: 0);
        await ImportAsync(_history, "users", _history.Users.Count - small.Users.Count, small.Users.Count);
        await ImportAsync(_history, "channels", _history.Channels.Count - small.Channels.Count, small.Channels.Count);
        await ImportAsync(_history, "messages", _history.Messages.Count - small.Messages.Count, small.Messages.Count);

        // A second import changes nothing and reports that. All tests run after it.
        await ImportAsync(_history, "users", succeeded: 0, skipped: _history.Users.Count);
        await ImportAsync(_history, "channels", succeeded: 0, skipped: _history.Channels.Count);
        await ImportAsync(_history, "messages", succeeded: 0, skipped: _history.Messages.Count);

        _channelIds = await _database.DataSource.ReadIdsAsync("channels", application.Id);
        _userIds = await _database.DataSource.ReadIdsAsync("users", application.Id);
    }

    [OneTimeTearDown]
    public async Task StopServer()
    {
        _platform?.Dispose();
        _engagement?.Dispose();
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task All_users_and_channels_are_imported()
    {
        var users = await _platform.ReadAsync("/v1/users?size=1");
        var channels = await _platform.ReadAsync("/v1/channels");

        // The analyst, who is not part of the history, is a user too.
        Assert.That((int)users["page"]!["totalElements"]!, Is.EqualTo(_history.Users.Count + 1));
        Assert.That((int)channels["page"]!["totalElements"]!, Is.EqualTo(_history.Channels.Count));
        Assert.That(
            channels["_embedded"]!["channels"]!.AsArray().Select(channel => (string)channel!["name"]!),
            Is.EquivalentTo(_history.Channels.Select(channel => channel.Name)));
    }

    [Test]
    public async Task Cursor_paging_returns_every_message_once_newest_first()
    {
        const string channel = "ubuntu-meeting";
        var expected = _history.Messages.Where(message => message.Channel == channel).ToList();
        var bodies = new List<string>();
        var times = new List<DateTime>();
        var next = $"/v1/channels/{_channelIds[channel]}/messages?size=200";
        while (next is not null)
        {
            var page = await _platform.ReadAsync(next);
            foreach (var message in page["_embedded"]!["messages"]!.AsArray())
            {
                bodies.Add((string)message!["body"]!);
                times.Add(Time(message["createdTime"]!));
            }

            next = (string?)page["_links"]!["next"]?["href"];
        }

        Assert.That(times, Is.Ordered.Descending);
        Assert.That(bodies, Is.EquivalentTo(expected.Select(message => message.Body)));
    }

    [Test]
    public async Task Replies_are_in_the_thread_of_their_parent()
    {
        var (key, replyCount) = _history.Messages.Where(message => message.ReplyTo is not null).CountBy(message => message.ReplyTo!)
            .MaxBy(counted => counted.Value);
        var parent = _history.Messages.Single(message => message.IdempotencyKey == key);
        var id = await _database.DataSource.ReadMessageIdAsync(_channelIds[parent.Channel], parent.CreatedTime, parent.Body);

        var message = await _platform.ReadAsync($"/v1/messages/{id}");
        var replies = await _platform.ReadAsync($"/v1/threads/{id}/messages?size=200");

        Assert.That((int)message["repliesCount"]!, Is.EqualTo(replyCount));
        Assert.That(
            replies["_embedded"]!["messages"]!.AsArray().Select(reply => (string)reply!["body"]!),
            Is.EquivalentTo(_history.Messages.Where(reply => reply.ReplyTo == key).Select(reply => reply.Body)));
        Assert.That(await _database.DataSource.CountRepliesAsync(_channelIds.Values), Is.EqualTo(_history.CountReplies()));
    }

    [Test]
    public async Task Channel_totals_match_the_files()
    {
        var channels = (await _platform.ReadAsync("/channels"))["channels"]!.AsArray();
        var guests = _history.Users.Where(user => user.IsGuest).Select(user => user.Name).ToHashSet();

        foreach (var channel in _history.Channels)
        {
            var counted = channels.Single(row => (long)row!["channel_id"]! == _channelIds[channel.Name]);
            var sent = _history.Messages.Where(message => message.Channel == channel.Name).ToList();
            Assert.That((int)counted!["chats"]!["total_received"]!, Is.EqualTo(sent.Count), channel.Name);
            Assert.That((int)counted["chats"]!["total_brodcast"]!, Is.EqualTo(sent.Count), channel.Name);
            var users = sent.Select(message => message.User).Union(channel.Members).ToLookup(guests.Contains);
            Assert.That((int)counted["users"]!["total_users"]!, Is.EqualTo(users[false].Count()), channel.Name);
            Assert.That((int)counted["users"]!["total_guests"]!, Is.EqualTo(users[true].Count()), channel.Name);
        }
    }

    [Test]
    public async Task User_totals_match_the_files()
    {
        var total = _history.CountByUser(_ => true);
        foreach (var channel in _history.Channels)
        {
            var inChannel = _history.CountByUser(message => message.Channel == channel.Name);
            var users = (await _platform.ReadAsync($"/chats?channel_id={_channelIds[channel.Name]}"))["users"]!.AsArray()
                .ToDictionary(user => (long)user!["user_id"]!);
            foreach (var (name, count) in inChannel)
            {
                var row = users[_userIds[name]]!;
                Assert.That((int)row["chat_in-channel"]!, Is.EqualTo(count), $"{name} in {channel.Name}");
                Assert.That((int)row["total_chats"]!, Is.EqualTo(total[name]), name);
            }
        }
    }

    [TestCase("2008-04-27T09:07:13Z", "2008-04-27T21:52:47Z")]
    [TestCase("2004-12-25T00:00:01Z", "2019-10-07T23:59:59Z")]
    [TestCase("2006-06-01T10:07:00Z", "2006-06-01T10:08:00Z")]
    public async Task A_period_within_a_bucket_counts_exactly(string start, string end)
    {
        var (from, to) = (Time(start), Time(end));
        var window = $"ts_start={Unix(from)}&ts_end={Unix(to)}";

        var aggregate = (await _platform.ReadAsync($"/chat_aggregate?{window}"))["chat_agg"]!["users"]!.AsArray();
        var expected = _history.CountByUser(message => message.CreatedTime >= from && message.CreatedTime < to);
        Assert.That(
            aggregate.Select(user => ((long)user!["user_id"]!, (int)user["chats_in_period"]!)).Where(user => user.Item2 > 0).Order(),
            Is.EqualTo(expected.Select(user => (_userIds[user.Key], user.Value)).Order()));

        var inChannel = (await _platform.ReadAsync($"/chats?channel_id={_channelIds["ubuntu"]}&{window}"))["users"]!.AsArray();
        Assert.That(
            inChannel.Sum(user => (int?)user!["chats_in_period"] ?? 0),
            Is.EqualTo(_history.CountBetween("ubuntu", from, to)));
    }

    [Test]
    public async Task Channel_activity_compares_with_the_week_before()
    {
        var (start, end) = (Time("2008-04-24T00:00:00Z"), Time("2008-05-01T00:00:00Z"));
        var rooms = (await _engagement.ReadAsync(
                "/api/v1/engagement-dashboard/channels/list?start=2008-04-24T14:48:00.000Z&end=2008-04-30T14:48:00.000Z"))
            ["channels"]!.AsArray();

        Assert.That(rooms, Has.Count.EqualTo(_history.Channels.Count));
        foreach (var room in rooms)
        {
            var name = (string)room!["room"]!["name"]!;
            var now = _history.CountBetween(name, start, end);
            var before = _history.CountBetween(name, start.AddDays(-7), start);
            Assert.That((int)room["messages"]!, Is.EqualTo(now), name);
            Assert.That((int)room["lastWeekMessages"]!, Is.EqualTo(before), name);
            Assert.That((int)room["diffFromLastWeek"]!, Is.EqualTo(now - before), name);
        }
    }

    [Test]
    public async Task Busy_hours_count_the_users_who_sent_messages()
    {
        var until = Time("2008-04-28T00:00:00Z");
        var hours = (await _engagement.ReadAsync(
            "/api/v1/engagement-dashboard/users/chat-busier/hourly-data?start=2008-04-28T00:00:00.000Z"))["hours"]!.AsArray();

        var day = _history.Messages.Where(message => message.CreatedTime >= until.AddDays(-1) && message.CreatedTime < until);
        var expected = day.GroupBy(message => message.CreatedTime.Hour / 2 * 2)
            .ToDictionary(bucket => bucket.Key, bucket => bucket.Select(message => message.User).Distinct().Count());
        Assert.That(hours.Select(hour => (int)hour!["hour"]!), Is.EqualTo(Enumerable.Range(0, 12).Select(i => 22 - (2 * i))));
        Assert.That(
            hours.Select(hour => (int)hour!["users"]!),
            Is.EqualTo(hours.Select(hour => expected.GetValueOrDefault((int)hour!["hour"]!))));
    }

    [Test]
    public async Task Exporting_an_imported_export_gives_the_same_bytes()
    {
        var elsewhere = _server.ClientFor(await CreateEmptyApplicationAsync("elsewhere"));
        var first = await _platform.ExportAsync();
        foreach (var part in Parts)
        {
            var job = await elsewhere.ImportAsync(part, new MemoryStream(Transfers.Unpack(first)[part]));
            Assert.That((int)job["progress"]!["skipped"]! + (int)job["progress"]!["failed"]!, Is.Zero, job.ToJsonString());
        }

        var second = await elsewhere.ExportAsync();

        foreach (var part in Parts)
        {
            Assert.That(Transfers.Unpack(second)[part].AsSpan().SequenceEqual(Transfers.Unpack(first)[part]), part);
        }
    }

    private async Task<SeededApplication> CreateEmptyApplicationAsync(string key)
    {
        await using var db = _database.ContextFor();
        var application = Domain.Applications.Application.Create(key, key, _clock.Now);
        db.Applications.Add(application);
        await db.SaveChangesAsync();
        db.Clients.Add(Client.Create(application.Id, key, "none", SecretToken.Hash(key), Scopes.All, _clock.Now));
        await db.SaveChangesAsync();
        return new SeededApplication(application.Id, application.Name, key, "none", key);
    }

    private async Task<SeededUser> CreateAnalystAsync(SeededApplication application)
    {
        await using var db = _database.ContextFor(application.Id);
        var analyst = User.Create(application.Id, "the analyst", "Analyst", isGuest: false, null, _clock.Now);
        db.Users.Add(analyst);
        db.Accounts.Add(Account.Create(analyst, "none", null, Account.AdminRole));
        await db.SaveChangesAsync();
        return new SeededUser(analyst.Id, analyst.Name, analyst.DisplayName);
    }

    private async Task ImportAsync(History history, string what, int succeeded, int skipped)
    {
        var job = await _platform.ImportAsync(what, File.OpenRead(history.FileOf(what)));
        Assert.That(
            ((int)job["progress"]!["succeeded"]!, (int)job["progress"]!["skipped"]!, (int)job["progress"]!["failed"]!),
            Is.EqualTo((succeeded, skipped, 0)),
            history.FileOf(what));
    }

    private static DateTime Time(JsonNode time) => Time((string)time!);

    private static DateTime Time(string time) =>
        DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    private static long Unix(DateTime time) => new DateTimeOffset(time).ToUnixTimeSeconds();
}
