using System.Text;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Jobs.Imports;

/// <summary>Outcomes of a whole import.</summary>
internal sealed class ImportFileTests : ImportTest
{
    [TestCase("", "empty")]
    [TestCase("name,displayName", "neither a JSON array nor lines")]
    [TestCase("{oops", "not valid JSON")]
    public async Task A_file_of_another_format_fails_the_job(string text, string reason)
    {
        var job = await ImportAsync(JobType.UserImport, text);

        Assert.That((job.State, job.EndedTime, job.Processed), Is.EqualTo((JobState.Failed, Now, 0)));
        Assert.That(job.Error, Does.Contain(reason));
    }

    [Test]
    public async Task Valid_items_before_an_error_are_imported_and_the_error_is_reported()
    {
        var job = await ImportAsync(JobType.UserImport, """[{"name": "una"}, {"displayName": "bad"}, {"name": """);

        Assert.That(Outcome(job), Is.EqualTo((JobState.Failed, 1, 0, 1)));
        Assert.That(job.Error, Does.Contain("ends inside an item"));
        Assert.That(await CountAsync("users where name = 'una'"), Is.EqualTo(1));
    }

    [Test]
    public async Task An_empty_array_finishes_at_once()
    {
        var job = await ImportAsync(JobType.MessageImport, "[]");

        Assert.That((Outcome(job), job.Total), Is.EqualTo(((JobState.Finished, 0L, 0L, 0L), 0L)));
    }

    [Test]
    public async Task A_dry_run_reports_and_writes_nothing()
    {
        var before = await AllRowsAsync();

        var users = await ImportAsync(
            JobType.UserImport, """[{"name": "una", "idempotencyKey": "u"}, {"name": "una"}, {"name": "alice"}]""", dryRun: true);
        var channels = await ImportAsync(
            JobType.ChannelImport,
            """[{"type": "PUBLIC", "name": "x", "members": ["bob"]}, {"type": "PRIVATE", "name": "x"}]""",
            dryRun: true);
        var messages = await ImportAsync(
            JobType.MessageImport,
            """
            [{"type": "TEXT", "channel": "lobby", "user": "guest-1", "body": "b", "idempotencyKey": "2", "replyTo": "1"},
             {"type": "TEXT", "channel": "lobby", "user": "guest-1", "body": "a", "idempotencyKey": "1"}]
            """,
            dryRun: true);

        Assert.That(Outcome(users), Is.EqualTo((JobState.Finished, 1, 0, 2)));
        Assert.That(Outcome(channels), Is.EqualTo((JobState.Finished, 1, 0, 1)));
        Assert.That(Outcome(messages), Is.EqualTo((JobState.Finished, 2, 0, 0)));
        Assert.That(await ErrorsOfAsync(users), Has.Count.EqualTo(2));
        Assert.That(await AllRowsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task An_atomic_import_with_an_invalid_item_writes_nothing()
    {
        var before = await AllRowsAsync();

        var job = await ImportAsync(JobType.UserImport, """[{"name": "una"}, {"name": "alice"}]""", atomic: true);

        Assert.That(Outcome(job), Is.EqualTo((JobState.Failed, 1, 0, 1)));
        Assert.That(job.Error, Does.Contain("nothing was imported"));
        Assert.That(await ErrorsOfAsync(job), Is.EqualTo(new[] { (1L, (string?)null, "The name 'alice' is taken.") }));
        Assert.That(await AllRowsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task An_atomic_import_of_valid_items_writes_all()
    {
        const string text =
            """
            [{"type": "TEXT", "channel": "lobby", "user": "guest-1", "body": "b", "idempotencyKey": "2", "replyTo": "1"},
             {"type": "TEXT", "channel": "lobby", "user": "guest-1", "body": "a", "idempotencyKey": "1"}]
            """;
        var job = await ImportAsync(JobType.MessageImport, text, atomic: true);
        var again = await ImportAsync(JobType.MessageImport, text);

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 2, 0, 0)));
        Assert.That(Outcome(again), Is.EqualTo((JobState.Finished, 0, 2, 0)));
        Assert.That(
            await CountAsync("messages m join messages p on p.id = m.parent_id where m.body = 'b' and p.body = 'a'"), Is.EqualTo(1));
        Assert.That(await CountAsync("events where type = 'messages.imported' and xid > '0'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Only_its_own_application_can_read_the_report()
    {
        var job = await ImportAsync(JobType.UserImport, """[{}, {}, {"name": "una"}, {}]""");

        var page = await SendAsync(Riverside, new ListJobErrors(job.Id, Size: 2));
        var next = await SendAsync(Riverside, new ListJobErrors(job.Id, page.Value.Next!.Value, 2));
        Assert.That(page.Value.Items.Select(error => error.Index), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(next.Value.Items.Select(error => error.Index), Is.EqualTo(new[] { 3 }));
        Assert.That((next.Value.Next, next.Value.Total), Is.EqualTo(((long?)null, 3L)));
        foreach (var refused in new[]
        {
            (await SendAsync(Hillside, new ListJobErrors(job.Id))).Error,
            (await SendAsync(Hillside, new GetJobErrorReport(job.Id))).Error,
            (await SendAsync(Hillside, new GetJob(job.Id))).Error,
        })
        {
            Assert.That(refused, Is.EqualTo(JobErrors.NotFound));
        }
    }

    [Test]
    public async Task A_missing_file_fails_the_job()
    {
        var started = await SendAsync(Riverside, new StartImport(JobType.UserImport, new MemoryStream(Encoding.UTF8.GetBytes("[]"))));
        await using (var db = ContextFor(Riverside))
        {
            Services.GetRequiredService<IFileStore>().Delete(db.Jobs.Single(job => job.Id == started.Value.Id).File!);
        }

        await RunJobAsync();

        Assert.That((await SendAsync(Riverside, new GetJob(started.Value.Id))).Value,
            Has.Property("State").EqualTo(JobState.Failed).And.Property("Error").Contains("no longer exists"));
    }

    private async Task<List<string>> AllRowsAsync()
    {
        var rows = new List<string>();
        string[] tables = ["users", "channels", "threads", "channel_members", "messages", "import_keys", "deferred_replies", "events"];
        foreach (var table in tables)
        {
            rows.AddRange((await RowsAsync($"select * from {table}")).Order());
        }

        return rows;
    }
}
