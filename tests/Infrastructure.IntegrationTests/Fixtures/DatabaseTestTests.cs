using ChatPlatform.Domain.Users;
using ChatPlatform.Testing;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Fixtures;

/// <summary>Each test starts with the seeded community, whatever the test before it changed.</summary>
public sealed class DatabaseTestTests : DatabaseTest
{
    [Test]
    public async Task Seeded_rows_have_the_documented_ids()
    {
        await using var db = ContextFor(SeededCommunity.Riverside);

        var alice = await db.Users.SingleAsync(user => user.Name == "alice");
        var reply = await db.Messages.SingleAsync(message => message.Body == "Good morning, Alice");
        Assert.That(alice.Id, Is.EqualTo(SeededCommunity.Alice.Id));
        Assert.That((reply.Id, reply.ParentId), Is.EqualTo((SeededCommunity.Reply, (long?)SeededCommunity.Greeting)));
        Assert.That(await db.Users.CountAsync(user => user.Name == "alice"), Is.EqualTo(1), "the other tenant's alice is not shown");
    }

    [Test]
    public async Task Reset_undoes_changes_deletions_and_additions()
    {
        var before = await ContentsAsync();
        await using (var db = ContextFor(SeededCommunity.Riverside))
        {
            db.Users.Add(User.Create(SeededCommunity.Riverside.Id, "newcomer", "Newcomer", false, null, Clock.Now));
            await db.SaveChangesAsync();
            await db.Channels.Where(channel => channel.Id == SeededCommunity.Staff.Id)
                .ExecuteUpdateAsync(channel => channel.SetProperty(c => c.DisplayName, "Changed"));
            await db.Blacklist.ExecuteDeleteAsync();
        }

        Assert.That(await ContentsAsync(), Is.Not.EqualTo(before));
        await Database.ResetAsync();

        Assert.That(await ContentsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Ids_after_a_reset_are_new()
    {
        var first = await AddUserAsync();
        await Database.ResetAsync();
        var second = await AddUserAsync();

        Assert.That(second, Is.GreaterThan(first).And.GreaterThan(SeededCommunity.HillsideAlice.Id));
    }

    [Test]
    public async Task Counter_counts_only_commands_of_its_own_flow()
    {
        using var counter = CommandCounter.Start();
        await using (var db = ContextFor(SeededCommunity.Riverside))
        {
            await db.Users.CountAsync();
        }

        Task other;
        using (ExecutionContext.SuppressFlow())
        {
            other = Task.Run(ContentsAsync);
        }

        await other;
        await using var command = DataSource.CreateCommand("SELECT 17");
        await command.ExecuteScalarAsync();

        Assert.That(counter.Count, Is.EqualTo(2), counter.ToString());
        Assert.That(counter.Commands.Last(), Is.EqualTo("SELECT 17"));
    }

    private async Task<long> AddUserAsync()
    {
        await using var db = ContextFor(SeededCommunity.Riverside);
        var user = db.Users.Add(User.Create(SeededCommunity.Riverside.Id, "newcomer", "Newcomer", false, null, Clock.Now)).Entity;
        await db.SaveChangesAsync();
        return user.Id;
    }

    /// <summary>Every row of every table, as text.</summary>
    private async Task<string> ContentsAsync()
    {
        const string sql =
            """
            SELECT string_agg(
              query_to_xml(format('SELECT * FROM %I t ORDER BY t::text', tablename), true, false, '')::text, ' ' ORDER BY tablename)
            FROM pg_tables
            WHERE schemaname = 'public'
            """;
        await using var command = DataSource.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
