using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Jobs.Imports;

/// <summary>Replies to messages anywhere in the file; each batch holds three items.</summary>
internal sealed class ReplyImportTests : ImportTest
{
    [Test]
    public async Task Replies_find_their_parent_anywhere_in_the_file()
    {
        // 1 ← 0; 9 ← 8 ← 7 …: each message replies to the next one of the file, the last to none.
        var items = Enumerable.Range(0, 20).Select(i => Message(i, replyTo: i < 19 ? i + 1 : null)).ToArray();

        var job = await ImportAsync(JobType.MessageImport, items);

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 20, 0, 0)));
        Assert.That(await CountAsync(
            "messages m join messages p on p.id = m.parent_id where p.body::int = m.body::int + 1 and m.nested_level = p.nested_level + 1 "
            + "and m.nested_level = 19 - m.body::int and m.thread_id = 1 and m.created_time = '2020-01-01'"), Is.EqualTo(19));
        Assert.That(await CountAsync("deferred_replies"), Is.Zero);
        Assert.That(job.Processed, Is.EqualTo(20));
    }

    [Test]
    public async Task Replies_in_any_order_produce_the_same_tree()
    {
        var random = new Random(5);
        var parents = Enumerable.Range(0, 60).Select(i => i == 0 || random.Next(4) == 0 ? (int?)null : random.Next(i)).ToArray();
        var items = Enumerable.Range(0, 60).Select(i => Message(i, parents[i])).OrderBy(_ => random.Next()).ToArray();

        var job = await ImportAsync(JobType.MessageImport, items);

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 60, 0, 0)));
        var tree = await RowsAsync(
            "select m.body::int as n, p.body::int as parent from messages m left join messages p on p.id = m.parent_id "
            + "where m.created_time = '2020-01-01'");
        Assert.That(tree, Is.EquivalentTo(parents.Select((parent, n) => $$"""{"n": {{n}}, "parent": {{parent?.ToString() ?? "null"}}}""")));
    }

    [Test]
    public async Task Cycles_and_replies_to_them_are_reported()
    {
        object[] items = [Message(0, 5), Message(1, 1), Message(2, 0), Message(3), Message(4), Message(5, 2), Message(6, 3)];
        var job = await ImportAsync(JobType.MessageImport, items);

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 3, 0, 4)));
        var bad = (await ErrorsOfAsync(job)).Select(error => (error.Index, error.Key));
        Assert.That(bad, Is.EqualTo(new[] { (0, "k0"), (1, "k1"), (2, "k2"), (5, "k5") }));
        Assert.That(await CountAsync("deferred_replies"), Is.Zero);
    }

    [Test]
    public async Task Replies_to_earlier_imports_are_accepted_unless_the_parent_was_deleted()
    {
        await ImportAsync(JobType.MessageImport, new[] { Message(0), Message(1), Message(2) });
        await using (var delete = DataSource.CreateCommand("delete from messages where body = '1'"))
        {
            await delete.ExecuteNonQueryAsync();
        }

        object[] items = [Message(1), Message(10, 0), Message(11, 1), Message(12, 2, channel: "archive")];
        var job = await ImportAsync(JobType.MessageImport, items);

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 1, 1, 2)));
        Assert.That((await ErrorsOfAsync(job)).Select(error => error.Reason), Is.EqualTo(new[]
        {
            "The message 'k1' that it replies to was deleted.", "The message 'k2' that it replies to is in another channel.",
        }));
    }

    [Test]
    public async Task The_key_of_a_deferred_reply_counts_as_known()
    {
        var job = await ImportAsync(
            JobType.MessageImport, new[] { Message(0, 9), Message(1), Message(2), Message(0), Message(3), Message(0, 1), Message(9) });

        Assert.That(Outcome(job), Is.EqualTo((JobState.Finished, 5, 2, 0)));
    }

    protected override void ConfigureServices(IServiceCollection services)
    {
        base.ConfigureServices(services);
        services.Configure<ImportLimits>(limits => limits.BatchItems = 3);
    }

    private static object Message(int n, int? replyTo = null, string channel = "lobby") => new
    {
        type = "TEXT",
        channel,
        user = "bob",
        body = $"{n}",
        createdTime = "2020-01-01T00:00:00Z",
        idempotencyKey = $"k{n}",
        replyTo = replyTo is null ? null : $"k{replyTo}",
    };
}
