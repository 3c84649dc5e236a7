using ChatPlatform.Testing;
using Npgsql;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Postgres;

public sealed class TestPostgresTests : PostgresTest
{
    [Test]
    public async Task Servers_of_killed_runs_are_removed_and_those_of_running_ones_are_kept()
    {
        using var killed = await OwnerProcess.StartAsync(Path.Combine(Folder, "chatplatform-tests-killed"));
        using var running = await OwnerProcess.StartAsync(Path.Combine(Folder, "chatplatform-tests-running"));
        await killed.KillAsync();

        await TestPostgres.CleanUpAsync(Folder, TimeSpan.Zero);

        Assert.That(Directory.GetDirectories(Folder), Is.EqualTo(new[] { Path.Combine(Folder, "chatplatform-tests-running") }));
        Assert.That(() => ScalarAsync<int>(killed.ConnectionString, "SELECT 1"), Throws.InstanceOf<NpgsqlException>());
        Assert.That(await ScalarAsync<int>(running.ConnectionString, "SELECT 1"), Is.EqualTo(1));
        await running.KillAsync();
        await TestPostgres.CleanUpAsync(Folder, TimeSpan.Zero);
        Assert.That(Directory.GetDirectories(Folder), Is.Empty);
    }

    [Test]
    public async Task All_callers_get_the_same_superuser()
    {
        var strings = await Task.WhenAll(TestPostgres.AdminConnectionStringAsync(), TestPostgres.AdminConnectionStringAsync());

        Assert.That(strings[0], Is.EqualTo(strings[1]));
        Assert.That(await ScalarAsync<string>(strings[0], "SELECT current_setting('is_superuser')"), Is.EqualTo("on"));
    }
}
