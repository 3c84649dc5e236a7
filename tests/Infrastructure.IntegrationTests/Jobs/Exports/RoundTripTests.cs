using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Jobs.Exports;

/// <summary>An export that is imported into an empty application has the same state and exports the same bytes.</summary>
internal sealed class RoundTripTests : ApplicationExportTest
{
    private static readonly string[] States =
    [
        "select case when deleted_time is null then display_name end as display_name, type, is_guest, presence_status, properties, "
            + "created_time, deleted_time from users where application_id = {0}",
        "select c.type, c.name, c.display_name, c.active, c.properties, c.created_time, c.updated_time, u.display_name as creator "
            + "from channels c left join users u on u.id = c.creator_id where c.application_id = {0} and c.deleted_time is null",
        "select c.name, u.name as member, m.is_moderator, m.created_time from channel_members m join channels c on c.id = m.channel_id "
            + "join users u on u.id = m.user_id where m.application_id = {0}",
        "select c.name, u.name as blacklisted, b.created_time from channel_blacklist b join channels c on c.id = b.channel_id "
            + "join users u on u.id = b.user_id where b.application_id = {0}",
        "select c.name, t.name as thread, t.properties, t.created_time from threads t join channels c on c.id = t.channel_id "
            + "where t.application_id = {0} and t.type = 1",
        "select m.type, t.name as thread, t.properties as of_thread, c.name, u.display_name, m.body, m.file, m.group_tag, m.properties, "
            + "m.created_time, m.last_edited_time, "
            + "m.broadcast, m.nested_level, p.body as parent from messages m join channels c on c.id = m.channel_id "
            + "left join threads t on t.id = m.thread_id left join users u on u.id = m.user_id "
            + "left join messages p on p.id = m.parent_id where m.application_id = {0}",
    ];

    [Test]
    public async Task An_export_imported_elsewhere_exports_the_same_bytes()
    {
        await CreateHistoryAsync();
        var empty = await CreateApplicationAsync();

        var first = await ExportAsync(Riverside);
        await ImportExportAsync(first, empty);
        var second = await ExportAsync(empty);
        foreach (var (part, _) in Parts)
        {
            Assert.That(Unpack(second)[part].Split('\n'), Is.EqualTo(Unpack(first)[part].Split('\n')), part);
            Assert.That(Unpack(first)[part], Is.Not.Empty, part);
        }

        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public async Task An_export_imported_elsewhere_produces_the_same_state()
    {
        await CreateHistoryAsync();
        var empty = await CreateApplicationAsync();
        await ImportExportAsync(await ExportAsync(Riverside), empty);

        foreach (var sql in States)
        {
            var imported = await RowsAsync(sql.Replace("{0}", $"{empty.Id}", StringComparison.Ordinal));
            Assert.That(imported, Is.EquivalentTo(await RowsAsync(sql.Replace("{0}", $"{Riverside.Id}", StringComparison.Ordinal))), sql);
            Assert.That(imported, Is.Not.Empty, sql);
        }
    }

    /// <summary>A history with removed members, a deleted user, edits, replies, blacklisting and files.</summary>
    private async Task CreateHistoryAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var picture = new Domain.Messages.MessageFile(Domain.Messages.FileType.External, "https://example.org/p", "p", "image/png", 9);
        var (lobby, staff, direct) = (Channel(Lobby), Channel(Staff), Channel(AliceAndBob));
        var first = await DoAsync(new SendMessage(lobby, Of(Bob), "first", null, "tag", """{"b":[1,{"c":null}],"a":"ü"}"""));
        var reply = await DoAsync(new SendMessage(MessageTarget.Thread(first.Id), Of(Guest), "reply\n\"quoted\" \\ \u2028"));
        await DoAsync(new SendMessage(MessageTarget.Thread(reply.Id), null, null, picture));
        var thread = await DoAsync(new CreateThread(Lobby.Id, "side topic", """{"about":"the side","until":null,"by":[{"who":null}]}"""));
        await DoAsync(new CreateThread(Lobby.Id, "side topic", null));
        var aside = await DoAsync(new SendMessage(MessageTarget.Thread(thread.Id), Of(Bob), "aside"));
        await DoAsync(new SendMessage(MessageTarget.Thread(aside.Id), Of(Bob), "reply aside"));
        await DoAsync(new SendMessage(staff, Of(Bob), "I leave"));
        await DoAsync(new SendMessage(staff, Of(Alice), "=1+1, which only CSV has to escape"));
        await DoAsync(new SendMessage(direct, Of(Alice), "between us", picture));
        await DoAsync(new SendMessage(Channel(Archive), Of(Alice), "to nobody"));
        await DoAsync(new UpdateMessage(first.Id, Body: "first, edited"));
        await DoAsync(new RemoveMember(Staff.Id, Bob.Id));
        await DoAsync(new RemoveMember(Lobby.Id, Alice.Id));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await DoAsync(new AddMember(Lobby.Id, Of(Alice)));
        await DoAsync(new AddModerator(Lobby.Id, Of(Bob)));
        await DoAsync(new DeleteUser(Guest.Id));
        await ImportAsync(JobType.UserImport, """[{"name": "imported", "idempotencyKey": "their own key"}]""");
    }

    private static UserReference Of(SeededUser user) => new(user.Id);

    private static MessageTarget Channel(SeededChannel channel) => MessageTarget.Channel(channel.Id);
}
