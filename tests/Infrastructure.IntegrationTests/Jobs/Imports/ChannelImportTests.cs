using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Jobs;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Jobs.Imports;

internal sealed class ChannelImportTests : ImportTest
{
    [Test]
    public async Task An_imported_channel_equals_a_created_one_in_rows_and_events()
    {
        await ImportAsync(JobType.ChannelImport, new object[]
        {
            new
            {
                type = "PRIVATE",
                name = "imported",
                displayName = "C",
                creator = "alice",
                members = new[] { "bob", "alice", "bob" },
                properties = new { a = 1 },
            },
        });
        var (alice, bob) = (new UserReference(Alice.Id), new UserReference(Bob.Id));
        await SendAsync(Riverside, new CreateChannel(ChannelType.Private, "created", "C", alice, [bob, alice], """{"a":1}"""));

        foreach (var sql in new[]
        {
            "select name, type, display_name, creator_id, properties, active, created_time, updated_time from channels c where {0}",
            "select c.name, t.type, t.properties, t.created_time from channels c join threads t on t.channel_id = c.id where {0}",
            "select c.name, m.user_id, m.created_time from channels c join channel_members m on m.channel_id = c.id where {0}",
            "select c.name, e.type, e.user_id, e.payload from channels c join events e on e.channel_id = c.id where {0}",
        })
        {
            var imported = await RowsAsync(string.Format(null, sql, "c.name = 'imported'"));
            var created = await RowsAsync(string.Format(null, sql, "c.name = 'created'"));
            Assert.That(imported.Select(row => row.Replace("imported", "created")), Is.EquivalentTo(created), sql);
            Assert.That(created, Is.Not.Empty);
        }
    }

    [Test]
    public async Task User_who_is_being_deleted_becomes_no_member()
    {
        await using var deletion = await DeletedUser.StartAsync(DataSource, Guest.Id);

        var importing = ImportAsync(
            JobType.ChannelImport,
            new object[] { new { type = "PUBLIC", name = "lobby", members = new[] { "guest-1" } } });
        await deletion.CommitBeforeWaitersAsync();

        Assert.That((await ErrorsOfAsync(await importing)).Single().Reason, Does.Contain("guest-1"));
        Assert.That(await CountAsync($"channel_members where user_id = {Guest.Id}"), Is.Zero);
    }

    [Test]
    public async Task Existing_channels_get_missing_members()
    {
        var job = await ImportAsync(JobType.ChannelImport, new object[]
        {
            new { type = "PUBLIC", name = "lobby", members = new[] { "bob", "guest-1" }, idempotencyKey = "a" },
            new { type = "DIRECT", members = new[] { "bob", "alice" }, idempotencyKey = "b" },
            new { type = "DIRECT", members = new[] { "bob", "carol" }, idempotencyKey = "c" },
            new { type = "DIRECT", members = new[] { "carol" }, creator = "bob", idempotencyKey = "d" },
            new { type = "PUBLIC", name = "fresh", members = new[] { "bob" }, idempotencyKey = "e" },
            new { type = "PUBLIC", name = "fresh", members = new[] { "bob", "carol" }, idempotencyKey = "f" },
            new { type = "PUBLIC", name = "lobby", members = new[] { "info-bot" }, idempotencyKey = "a" },
        });

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 2, 5, 0)));
        Assert.That(await CountAsync($"channel_members where channel_id = {Lobby.Id}"), Is.EqualTo(4));
        Assert.That(
            await CountAsync($"events where channel_id = {Lobby.Id} and user_id = {Guest.Id} and type = 'channel.member_joined'"),
            Is.EqualTo(1));
        Assert.That(await CountAsync("channels where direct_key = '2,3'"), Is.EqualTo(1));
        Assert.That(await CountAsync("channel_members m join channels c on c.id = m.channel_id where c.name = 'fresh'"), Is.EqualTo(2));
        Assert.That(await RowsAsync("select key, target_id from import_keys where key in ('a', 'b')"), Is.EquivalentTo(new[]
        {
            $$"""{"key": "a", "target_id": {{Lobby.Id}}}""", $$"""{"key": "b", "target_id": {{AliceAndBob.Id}}}""",
        }));
    }

    [Test]
    public async Task Invalid_channels_are_reported()
    {
        var job = await ImportAsync(
            JobType.ChannelImport,
            """
            [{"type": "PRIVATE", "name": "lobby"},
             {"type": "SECRET", "name": "x"},
             {"name": "x"},
             {"type": "PUBLIC", "name": "x", "members": ["nobody", "bob", "dave"]},
             {"type": "PUBLIC", "name": "x", "members": "bob"},
             {"type": "PUBLIC", "name": "x", "members": [1]},
             {"type": "PUBLIC", "name": "x", "creator": "nobody"},
             {"type": "DIRECT"},
             {"type": "PUBLIC"}]
            """);

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 1, 0, 8)));
        Assert.That((await ErrorsOfAsync(job)).Select(error => error.Reason), Is.EqualTo(new[]
        {
            "A channel of another type already has the name 'lobby'.",
            "type: must be PUBLIC, PRIVATE or DIRECT",
            "type: is required",
            "There is no user 'nobody', 'dave'.",
            "members: must be an array of strings",
            "members: must be an array of strings",
            "There is no user 'nobody'.",
            "A direct channel needs at least one member.",
        }));
    }

    [Test]
    public async Task Members_are_imported_into_a_channel()
    {
        var job = await ImportAsync(
            JobType.ChannelMembersImport,
            """
            [{"username": "bob", "idempotencyKey": "a"}, {"username": "guest-1", "idempotency_key": "b"},
             {"username": "guest-1"}, {"username": "x"}, {}]
            """,
            channelId: Lobby.Id);
        var again = await ImportAsync(
            JobType.ChannelMembersImport, """[{"username": "info-bot", "idempotencyKey": "b"}]""", channelId: Lobby.Id);

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 1, 2, 2)));
        Assert.That(Outcome(again), Is.EqualTo((JobState.Finished, 0, 1, 0)));
        Assert.That((await ErrorsOfAsync(job)).Select(error => (error.Index, error.Reason)), Is.EqualTo(new[]
        {
            (3, "There is no user 'x'."), (4, "username: is required"),
        }));
        Assert.That(await CountAsync($"channel_members where channel_id = {Lobby.Id}"), Is.EqualTo(4));
    }

    [TestCase(999, "channel.not_found")]
    [TestCase(5, "channel.not_found")]
    [TestCase(4, "channel.direct_closed")]
    public async Task Members_of_an_unknown_foreign_or_direct_channel_are_refused_at_once(long channel, string code)
    {
        var refused = await SendAsync(Riverside, new Application.Jobs.StartImport(JobType.ChannelMembersImport, Stream.Null, channel));

        Assert.That(refused.Error!.Code, Is.EqualTo(code));
    }
}
