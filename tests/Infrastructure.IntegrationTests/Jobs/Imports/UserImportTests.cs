using ChatPlatform.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Jobs.Imports;

internal sealed class UserImportTests : ImportTest
{
    [Test]
    public async Task An_imported_user_equals_a_created_one_in_row_and_event()
    {
        var time = new DateTime(2019, 3, 4, 5, 6, 7, DateTimeKind.Utc);
        await ImportAsync(JobType.UserImport, new object[]
        {
            new { name = "imported", displayName = "A User", isGuest = true, properties = new { a = new[] { 1 } }, createdTime = time },
        });
        await using (var db = ContextFor(Riverside))
        {
            db.Users.Add(Domain.Users.User.Create(Riverside.Id, "created", "A User", isGuest: true, """{"a":[1]}""", time));
            await db.SaveChangesAsync();
        }

        var users = await RowsAsync("select u.*, '' as name, 0 as id from users u where name in ('imported', 'created')");
        var events = await RowsAsync(
            "select e.type, e.channel_id, e.message_id, e.sent_at, e.received, e.broadcast, e.payload from events e "
            + "join users u on u.application_id = e.application_id and u.id = e.user_id where u.name in ('imported', 'created')");
        Assert.That(users, Has.Count.EqualTo(2));
        Assert.That(WithoutIds(users), Is.All.EqualTo(WithoutIds(users)[0]));
        Assert.That(events, Has.Count.EqualTo(2).And.All.EqualTo(events[0]));
    }

    [Test]
    public async Task Valid_users_are_imported_and_invalid_ones_are_reported_with_index_and_reason()
    {
        var job = await ImportAsync(
            JobType.UserImport,
            """
            [{"name": "una", "display_name": "Una", "is_guest": true, "created_time": "2020-01-01T02:00:00+02:00", "idempotency_key": "k0"},
             {"displayName": "Nobody", "idempotencyKey": "k1"},
             {"name": "alice", "displayName": "Another"},
             {"name": "una", "displayName": "Again"},
             {"name": 5, "guest": "yes", "properties": []},
             {"name": "a\u0000b"},
             {"name": "old", "createdTime": "1969-12-31T23:59:59Z"},
             {"name": "new", "createdTime": "2026-06-15T12:01:01Z"},
             {"name": "vague", "createdTime": "last week"},
             {"name": "props", "properties": {"deep": [{"half": "\ud800"}]}},
             {"name": "number", "properties": {"vast": 1e99999}},
             {"name": "picture", "displayPicture": {"name": "p.png"}},
             "just text",
             null,
             {"name": "dave"},
             {"name": "ida", "guest": false, "displayPicture": {"url": "https://example.org/i.png", "name": "i", "size": 1}}]
            """);

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 2, 0, 14)));
        Assert.That((job.Processed, job.Total, job.BytesRead), Is.EqualTo((16L, 16L, job.BytesTotal)));
        Assert.That(await ErrorsOfAsync(job), Is.EqualTo(new (long, string?, string)[]
        {
            (1, "k1", "name: is required"),
            (2, null, "The name 'alice' is taken."),
            (3, null, "The name 'una' is taken."),
            (4, null, "name: must be a string; guest: must be true or false; properties: must be a JSON object"),
            (5, null, "name: must not contain NUL or unpaired surrogates"),
            (6, null, "createdTime: must be between 1970 and one minute from now"),
            (7, null, "createdTime: must be between 1970 and one minute from now"),
            (8, null, "createdTime: must be an ISO 8601 time such as 2026-06-15T12:00:00Z"),
            (9, null, "properties: must not contain NUL or an unpaired surrogate"),
            (10, null,
                "properties: must not contain numbers beyond 1.8e308 or with more than 400 characters without an exponent"),
            (11, null, "displayPicture.url: is required"),
            (12, null, "must be a JSON object"),
            (13, null, "must be a JSON object"),
            (14, null, "The name 'dave' is taken."),
        }));
        await using var db = ContextFor(Riverside);
        var una = await db.Users.SingleAsync(user => user.Name == "una");
        var ida = await db.Users.SingleAsync(user => user.Name == "ida");
        Assert.That((una.DisplayName, una.IsGuest, una.CreatedTime), Is.EqualTo(("Una", true, new DateTime(2020, 1, 1))));
        Assert.That((ida.DisplayName, ida.IsGuest, ida.CreatedTime, ida.DisplayPictureUrl),
            Is.EqualTo(("ida", false, Now, "https://example.org/i.png")));
    }

    [Test]
    public async Task A_known_key_is_skipped_within_its_application_only()
    {
        object[] items = [User("una", "k"), User("other", "k"), User("ida", "l")];

        var first = await ImportAsync(JobType.UserImport, items);
        var again = await ImportAsync(JobType.UserImport, items);
        var elsewhere = await ImportAsync(JobType.UserImport, items, Hillside);

        Assert.That(Outcome(first), Is.EqualTo((JobState.Finished, 2, 1, 0)));
        Assert.That(Outcome(again), Is.EqualTo((JobState.Finished, 0, 3, 0)));
        Assert.That(Outcome(elsewhere), Is.EqualTo((JobState.Finished, 2, 1, 0)));
    }

    [Test]
    public async Task A_known_key_with_different_content_is_skipped_and_reported()
    {
        await ImportAsync(JobType.UserImport, new[] { User("una", "k"), User("ida", "l") });

        var job = await ImportAsync(JobType.UserImport, new[] { User("una", "k"), User("otto", "l"), User("uwe", "m"), User("udo", "m") });

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 1, 3, 0)));
        var errors = await ErrorsOfAsync(job);
        Assert.That(errors.Select(error => (error.Index, error.Key)), Is.EqualTo(new[] { (1L, "l"), (3L, "m") }));
        Assert.That(errors.Select(error => error.Reason), Has.All.Contain("different content"));
    }

    [Test]
    public async Task The_key_of_an_invalid_item_can_be_used_again()
    {
        var job = await ImportAsync(JobType.UserImport, new[] { User("alice", "k"), User("una", "k") });

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 1, 0, 1)));
    }

    [Test]
    public async Task Imported_ids_never_collide_with_generated_ones()
    {
        var ids = new List<long>();
        for (var round = 0; round < 4; round++)
        {
            await ImportAsync(JobType.UserImport, [.. Enumerable.Range(0, 13).Select(i => new { name = $"imported {round} {i}" })]);
            await using var db = ContextFor(Riverside);
            db.Users.AddRange(Enumerable.Range(0, 7)
                .Select(i => Domain.Users.User.Create(Riverside.Id, $"created {round} {i}", "x", false, null, Now)));
            await db.SaveChangesAsync();
            ids = await db.Users.Select(user => user.Id).ToListAsync();
        }

        Assert.That(ids, Has.Count.EqualTo(6 + (4 * 20)).And.Unique);
    }

    private static object User(string name, string idempotencyKey) => new { name, idempotencyKey };

    private static List<string> WithoutIds(List<string> rows) =>
        [.. rows.Select(row => string.Join(',', row.Split(", ").Where(field => !field.Contains("\"id\"") && !field.Contains("\"name\""))))];
}
