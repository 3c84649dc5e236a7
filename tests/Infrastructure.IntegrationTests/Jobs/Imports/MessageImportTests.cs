using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Jobs;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Jobs.Imports;

internal sealed class MessageImportTests : ImportTest
{
    private static readonly string NewMessages =
        "select m.type, m.channel_id, m.thread_id, m.nested_level, m.user_id, m.body, m.file, m.group_tag, m.properties, m.created_time, "
        + "m.last_edited_time, m.broadcast, p.body as parent from messages m left join messages p on p.id = m.parent_id "
        + $"where m.created_time = '{Now:O}'";

    [Test]
    public async Task An_imported_message_is_the_row_of_a_sent_one()
    {
        var file = new { url = "https://example.org/f", name = "f", contentType = "text/plain", size = 3 };
        var job = await ImportAsync(JobType.MessageImport, new object[]
        {
            new
            {
                type = "TEXT",
                channelId = Lobby.Id,
                user = "alice",
                body = "one",
                groupTag = "g",
                properties = new { a = 1 },
                idempotencyKey = "1",
            },
            new { type = "TEXT", channel = "lobby", user = "bob", body = "two", replyTo = "1", idempotencyKey = "2" },
            new { type = "TEXT", channel = "lobby", body = "three", replyTo = "2" },
            new { type = "TEXT", channel = "lobby", user = "carol", body = "four" },
            new { type = "TEXT", channel = "archive", user = "guest-1", body = "five" },
            new { type = "FILE", channel = "lobby", user = "alice", file },
            new { type = "SYSTEM_TEXT", channel = "lobby", user = "alice", body = "six" },
        });
        var imported = await RowsAsync(NewMessages);
        await ResetDatabase();

        var (lobby, archive) = (MessageTarget.Channel(Lobby.Id), MessageTarget.Channel(Archive.Id));
        var one = await SendAsync(Riverside, new SendMessage(lobby, new UserReference(Alice.Id), "one", null, "g", """{"a":1}"""));
        var two = await SendAsync(Riverside, new SendMessage(MessageTarget.Thread(one.Value.Id), new UserReference(Bob.Id), "two"));
        await SendAsync(Riverside, new SendMessage(MessageTarget.Thread(two.Value.Id), null, "three"));
        await SendAsync(Riverside, new SendMessage(lobby, new UserReference(Carol.Id), "four"));
        await SendAsync(Riverside, new SendMessage(archive, new UserReference(Guest.Id), "five"));
        var kept = new Domain.Messages.MessageFile(Domain.Messages.FileType.External, file.url, file.name, file.contentType, file.size);
        await SendAsync(Riverside, new SendMessage(lobby, new UserReference(Alice.Id), null, kept));
        await SendAsync(Riverside, new SendMessage(lobby, null, "six"));
        var sent = await RowsAsync(NewMessages);

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 7, 0, 0)));
        Assert.That(imported, Is.EquivalentTo(sent).And.Count.EqualTo(7));
    }

    [Test]
    public async Task Counts_are_told_by_channel_user_and_quarter_hour_and_system_messages_count_nothing()
    {
        await ImportAsync(
            JobType.MessageImport,
            """
            [{"type": "TEXT", "channel": "lobby", "user": "alice", "body": "x", "createdTime": "2020-01-01T10:14:59.999Z"},
             {"type": "TEXT", "channel": "lobby", "user": "alice", "body": "x", "createdTime": "2020-01-01T10:15:00Z"},
             {"type": "TEXT", "channel": "lobby", "user": "alice", "body": "x", "createdTime": "2020-01-01T10:20:00Z"},
             {"type": "TEXT", "channel": "lobby", "user": "carol", "body": "x", "createdTime": "2020-01-01T10:20:00Z"},
             {"type": "TEXT", "channel": "lobby", "body": "x", "createdTime": "2020-01-01T10:20:00Z"}]
            """);

        var counted = await RowsAsync(
            "select channel_id, user_id, to_char(sent_at at time zone 'UTC', 'HH24:MI:SS') as bucket, received, broadcast "
            + "from events where type = 'messages.imported'");
        Assert.That(counted, Is.EquivalentTo(new[]
        {
            """{"bucket": "10:00:00", "user_id": 1, "received": 1, "broadcast": 1, "channel_id": 1}""",
            """{"bucket": "10:15:00", "user_id": 1, "received": 2, "broadcast": 2, "channel_id": 1}""",
            """{"bucket": "10:15:00", "user_id": 3, "received": 1, "broadcast": 0, "channel_id": 1}""",
        }));
    }

    [Test]
    public async Task Who_speaks_in_a_public_channel_joins_it_once_and_elsewhere_is_refused()
    {
        var job = await ImportAsync(
            JobType.MessageImport,
            """
            [{"type": "TEXT", "channel": "lobby", "user": "guest-1", "body": "x", "createdTime": "2020-01-01T10:00:00Z"},
             {"type": "TEXT", "channel": "lobby", "user": "guest-1", "body": "x", "createdTime": "2020-01-01T11:00:00Z"},
             {"type": "TEXT", "channel": "staff", "user": "guest-1", "body": "x"},
             {"type": "TEXT", "channelId": 4, "user": "guest-1", "body": "x"},
             {"type": "TEXT", "channelId": 4, "user": "bob", "body": "x"}]
            """);

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 3, 0, 2)));
        var reasons = (await ErrorsOfAsync(job)).Select(error => error.Reason);
        Assert.That(reasons, Is.All.EqualTo("Only members may send messages to this channel."));
        Assert.That(
            await RowsAsync($"select created_time at time zone 'UTC' as t from channel_members where user_id = {Guest.Id}"),
            Is.EqualTo(new[] { """{"t": "2020-01-01T10:00:00"}""" }));
        Assert.That(await CountAsync($"events where type = 'channel.member_joined' and user_id = {Guest.Id}"), Is.EqualTo(1));
    }

    [Test]
    public async Task Bad_messages_are_told()
    {
        var job = await ImportAsync(
            JobType.MessageImport,
            """
            [{"type": "TEXT", "channel": "nowhere", "user": "bob", "body": "x"},
             {"type": "TEXT", "channelId": 5, "user": "bob", "body": "x"},
             {"type": "TEXT", "channel": "lobby", "user": "dave", "body": "x"},
             {"type": "VIDEO", "channel": "lobby", "user": "bob", "body": "x"},
             {"type": "TEXT", "channel": "lobby", "user": "bob"},
             {"type": "TEXT", "user": "bob", "body": "x"},
             {"type": "TEXT", "channelId": "1", "body": "x"},
             {"type": "FILE", "channel": "lobby", "user": "bob"},
             {"type": "FILE", "channel": "lobby", "user": "bob", "file": {"url": "u", "name": "n", "contentType": "c", "size": -1}},
             {"type": "TEXT", "channel": "lobby", "user": "bob", "body": "x", "replyTo": "nothing"}]
            """);

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 0, 0, 10)));
        Assert.That((await ErrorsOfAsync(job)).Select(error => error.Reason), Is.EqualTo(new[]
        {
            "There is no channel 'nowhere'.",
            "There is no channel '5'.",
            "There is no user 'dave'.",
            "type: must be TEXT, SYSTEM_TEXT, FILE or SYSTEM_FILE",
            "body: is required",
            "channelId: is required, or else channel",
            "channelId: must be a whole number",
            "file: is required",
            "file.size: must not be negative",
            "No message 'nothing' that it answers has gone in, or the answers run in a circle.",
        }));
    }
}
