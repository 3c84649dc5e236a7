using ChatPlatform.Infrastructure;
using ChatPlatform.Infrastructure.Persistence;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.Migrations.IntegrationTests;

public sealed class CommandTests
{
    private TestDatabase _database = null!;

    [SetUp]
    public async Task CreateDatabase() => _database = await TestDatabase.EmptyAsync();

    [TearDown]
    public async Task DropDatabase() => await _database.DisposeAsync();

    [Test]
    public async Task Status_exits_with_1_until_everything_is_applied()
    {
        var before = await RunAsync("status");
        var apply = await RunAsync("apply");
        var after = await RunAsync("status");

        Assert.That(before.ExitCode, Is.EqualTo(1), before.Text);
        Assert.That(before.Text, Does.Contain("_Initial").And.Contain("pending"));
        Assert.That(apply.ExitCode, Is.Zero, apply.Text);
        Assert.That(apply.Text, Does.Match(@"Applying \d+_Initial … \d+\.\d s"));
        Assert.That(after.ExitCode, Is.Zero, after.Text);
        Assert.That(after.Text, Does.Contain("0 pending"));
    }

    [Test]
    public async Task Applied_database_verifies()
    {
        await RunAsync("apply");

        var verify = await RunAsync("verify");

        Assert.That(verify.ExitCode, Is.Zero, verify.Text);
    }

    [Test]
    public async Task Verify_lists_differences()
    {
        await RunAsync("apply");
        await using (var change = _database.DataSource.CreateCommand(
            "ALTER TABLE users ADD nickname text; ALTER TABLE users ALTER display_name DROP NOT NULL; DROP INDEX ix_user_sessions_open"))
        {
            await change.ExecuteNonQueryAsync();
        }

        var verify = await RunAsync("verify");

        Assert.That(verify.ExitCode, Is.EqualTo(1));
        Assert.That(verify.Text, Does.Contain("unexpected: column users.nickname text")
            .And.Contain("missing: column users.display_name character varying(255) not null")
            .And.Contain("missing: index ix_user_sessions_open"));
    }

    [Test]
    public async Task Verify_recounts_the_statistics()
    {
        await RunAsync("apply");
        await RunAsync("seed");
        var right = await RunAsync("verify");
        await using (var change = _database.DataSource.CreateCommand(
            "UPDATE events SET received = received + 1 WHERE id = (SELECT min(id) FROM events WHERE received > 0)"))
        {
            await change.ExecuteNonQueryAsync();
        }

        var wrong = await RunAsync("verify");

        Assert.That(right.ExitCode, Is.Zero, right.Text);
        Assert.That(wrong.ExitCode, Is.EqualTo(1));
        Assert.That(wrong.Text, Does.Contain("statistics: application 1"));
    }

    [Test]
    public async Task Rebuild_corrects_wrong_statistics()
    {
        await RunAsync("apply");
        await RunAsync("seed");
        await FoldAsync();
        await using (var change = _database.DataSource.CreateCommand("UPDATE channel_totals SET received = received + 1"))
        {
            Assert.That(await change.ExecuteNonQueryAsync(), Is.Positive);
        }

        var wrong = await RunAsync("verify");
        var rebuild = await RunAsync("rebuild");
        var right = await RunAsync("verify");

        Assert.That(wrong.ExitCode, Is.EqualTo(1), wrong.Text);
        Assert.That(rebuild.ExitCode, Is.Zero, rebuild.Text);
        Assert.That(right.ExitCode, Is.Zero, right.Text);
    }

    [Test]
    public async Task Follower_lag_view_shows_waiting_events()
    {
        await RunAsync("apply");
        await RunAsync("seed");

        await using var lag = _database.DataSource.CreateCommand("SELECT waiting FROM follower_lag WHERE name = 'statistics'");
        await using var events = _database.DataSource.CreateCommand("SELECT count(*) FROM events");

        Assert.That(await lag.ExecuteScalarAsync(), Is.EqualTo(await events.ExecuteScalarAsync()).And.Not.EqualTo(0L));
    }

    [Test]
    public async Task Concurrent_applies_take_turns()
    {
        var both = await Task.WhenAll(RunAsync("apply"), RunAsync("apply"));

        Assert.That(both.Select(one => one.ExitCode), Is.All.Zero, string.Join('\n', both));
        Assert.That(both.Count(one => one.Text.Contains("Applying", StringComparison.Ordinal)), Is.EqualTo(1), string.Join('\n', both));
        Assert.That(await AppliedAsync(), Is.Unique.And.Not.Empty);
    }

    [Test]
    public async Task Idempotent_script_may_run_twice()
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "script.sql");
        var script = await CommandLine.RunAsync("script", "--from", "0", "--output", file);
        Assert.That(script.ExitCode, Is.Zero, script.Text);
        var sql = await File.ReadAllTextAsync(file);

        for (var run = 1; run <= 2; run++)
        {
            await using var command = _database.DataSource.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        var verify = await RunAsync("verify");
        Assert.That(verify.ExitCode, Is.Zero, verify.Text);
    }

    [Test]
    public async Task Script_starts_where_the_database_stands()
    {
        var before = await RunAsync("script");
        await RunAsync("apply");
        var after = await RunAsync("script");

        Assert.That(before.Text, Does.Contain("CREATE TABLE messages"));
        Assert.That(after.Text, Does.Not.Contain("CREATE TABLE"));
    }

    [Test]
    public async Task Migrations_can_be_reverted_and_applied_again()
    {
        await RunAsync("apply");

        var back = await RunAsync("apply", "--to", "0");
        Assert.That(back.Text, Does.Contain("Reverting"));
        Assert.That(await AppliedAsync(), Is.Empty);

        await RunAsync("apply");
        Assert.That((await RunAsync("verify")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Failures_exit_with_2_and_a_reason()
    {
        var unknown = await RunAsync("apply", "--to", "NoSuchMigration");
        var unreachable = await CommandLine.RunAsync("status", "--connection", "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2");
        var nowhere = await WithoutVariableAsync(() => CommandLine.RunAsync("status"));

        Assert.That(unknown.ExitCode, Is.EqualTo(2));
        Assert.That(unknown.Text, Does.Contain("NoSuchMigration"));
        Assert.That(unreachable.ExitCode, Is.EqualTo(2));
        Assert.That(nowhere.ExitCode, Is.EqualTo(2));
        Assert.That(nowhere.Text, Does.Contain("ConnectionStrings__ChatPlatform"));
    }

    [Test]
    public async Task Seed_creates_the_first_application_and_fills_it_once()
    {
        await RunAsync("apply");

        var first = await RunAsync("seed");
        var second = await RunAsync("seed");
        var elsewhere = await RunAsync("seed", "--application", "no-such");

        Assert.That(first.ExitCode, Is.Zero, first.Text);
        Assert.That(first.Text, Does.Contain("client secret").And.Match(@"\d+ users, \d+ channels, \d+ messages"));
        Assert.That(second.Text, Does.Contain("nothing changed").And.Not.Contain("client secret"));
        Assert.That(elsewhere.ExitCode, Is.EqualTo(2));
        Assert.That(elsewhere.Text, Does.Contain("no-such"));
    }

    [Test]
    public async Task Model_has_no_changes_without_a_migration()
    {
        await using var db = _database.ContextFor();

        Assert.That(db.Database.HasPendingModelChanges(), Is.False, $"run: dotnet ef migrations add ({nameof(ChatDbContext)})");
    }

    private static async Task<T> WithoutVariableAsync<T>(Func<Task<T>> run)
    {
        const string name = "ConnectionStrings__ChatPlatform";
        var value = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, null);
        try
        {
            return await run();
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    private Task<(int ExitCode, string Text)> RunAsync(params string[] args) =>
        CommandLine.RunAsync([.. args, "--connection", _database.ConnectionString]);

    private async Task FoldAsync()
    {
        await using var services = new ServiceCollection().AddLogging()
            .AddInfrastructure(_database.ConnectionString).BuildServiceProvider();
        await services.GetRequiredService<StatisticsFold>().FoldAsync(CancellationToken.None);
        await services.GetRequiredService<StatisticsFold>().FoldSessionsAsync(CancellationToken.None);
    }

    private async Task<IEnumerable<string>> AppliedAsync()
    {
        await using var db = _database.ContextFor();
        return await db.Database.GetAppliedMigrationsAsync();
    }
}
