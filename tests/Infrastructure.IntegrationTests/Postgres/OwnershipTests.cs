using System.Diagnostics;
using ChatPlatform.Infrastructure.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Postgres;

/// <summary>Ownership of a database folder after the owner or the server was killed.</summary>
public sealed class OwnershipTests : PostgresTest
{
    [Test]
    public async Task Server_of_a_killed_owner_is_adopted()
    {
        await ClusterTemplate.CopyToAsync(Options.DataDirectory);
        using var owner = await OwnerProcess.StartAsync(Options.DataDirectory);
        await ScalarAsync<int>(owner.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS value");
        var started = await ScalarAsync<DateTime>(owner.ConnectionString, "SELECT pg_postmaster_start_time()");
        await owner.KillAsync();

        var server = await StartAsync();

        Assert.That(server.Adopted, Is.True);
        Assert.That(await ScalarAsync<int>(server.ConnectionString, "SELECT value FROM kept"), Is.EqualTo(42));
        Assert.That(await ScalarAsync<DateTime>(server.ConnectionString, "SELECT pg_postmaster_start_time()"), Is.EqualTo(started));

        var process = Postmaster(server);
        await server.DisposeAsync();
        Assert.That(PostmasterProcess.IsAlive(process), Is.False);
    }

    [Test]
    public async Task Adopted_server_gets_the_durability_asked_for()
    {
        await ClusterTemplate.CopyToAsync(Options.DataDirectory);
        using var owner = await OwnerProcess.StartAsync(Options.DataDirectory);
        await owner.KillAsync();

        await using var server = await StartAsync(Options with { Durable = true });

        Assert.That(await SettingAsync(server, "fsync"), Is.EqualTo("on"));
    }

    [Test]
    [Platform(Include = "Linux")]
    public async Task Signals_of_a_terminal_do_not_reach_the_server()
    {
        await using var server = await StartAsync();

        Assert.That(GroupOf(Postmaster(server)), Is.Not.EqualTo(GroupOf(Environment.ProcessId)));
    }

    [Test]
    public async Task Folder_of_a_running_owner_is_refused_to_others()
    {
        await ClusterTemplate.CopyToAsync(Options.DataDirectory);
        using var owner = await OwnerProcess.StartAsync(Options.DataDirectory);

        Assert.That(() => StartAsync(), Throws.InstanceOf<PrivatePostgresException>().With.Message.Contain("Another server already uses"));

        Assert.That(await ScalarAsync<int>(owner.ConnectionString, "SELECT 1"), Is.EqualTo(1));
        await owner.KillAsync();
        await (await StartAsync()).DisposeAsync();
    }

    [Test]
    public async Task One_of_several_concurrent_starts_wins()
    {
        var starts = Enumerable.Range(0, 4).Select(_ => Task.Run(() => PrivatePostgres.StartAsync(Options, NullLogger.Instance))).ToArray();
        await Task.WhenAll(starts.Select(start => start.ContinueWith(_ => { }, TaskScheduler.Default)));

        var winners = starts.Where(start => start.IsCompletedSuccessfully).ToList();
        Assert.That(winners, Has.Count.EqualTo(1));
        Assert.That(
            starts.Except(winners).Select(start => start.Exception!.InnerException), Is.All.InstanceOf<PrivatePostgresException>());
        await using var server = await winners[0];
        Assert.That(await ScalarAsync<int>(server.ConnectionString, "SELECT 1"), Is.EqualTo(1));
    }

    [Test]
    public async Task Killed_server_recovers()
    {
        await using (var killed = await StartAsync(Options with { Durable = true }))
        {
            await ScalarAsync<int>(killed.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS value");
            using var postmaster = Process.GetProcessById(Postmaster(killed));
            postmaster.Kill();
        }

        Assert.That(Path.Combine(Options.DataDirectory, "data", "postmaster.pid"), Does.Exist);
        await using var server = await StartAsync(Options with { Durable = true });

        Assert.That(server.Adopted, Is.False);
        Assert.That(await ScalarAsync<int>(server.ConnectionString, "SELECT value FROM kept"), Is.EqualTo(42));
    }

    [Test]
    [Platform(Include = "Linux")]
    public async Task Reused_process_id_is_not_taken_for_the_server()
    {
        await using (await StartAsync())
        {
        }

        using var foreign = Process.Start(ForeignPostgresOf(Options.DataDirectory))!;
        var file = Path.Combine(Options.DataDirectory, "data", "postmaster.pid");
        await File.WriteAllLinesAsync(file, [$"{foreign.Id}", Path.GetDirectoryName(file)!, "1000000000", "5432", "", "", "1 1", "ready"]);

        await using (var server = await StartAsync())
        {
            Assert.That(server.Adopted, Is.False);
            Assert.That(Postmaster(server), Is.Not.EqualTo(foreign.Id));
        }

        Assert.That(foreign.HasExited, Is.False);
        foreign.Kill();
    }

    /// <summary>Runs as the server's account, since PostgreSQL itself ignores the processes of others.</summary>
    private static ProcessStartInfo ForeignPostgresOf(string root)
    {
        var start = new ProcessStartInfo("sleep", "600") { WorkingDirectory = "/" };
        if (!OperatingSystem.IsWindows() && UnprivilegedUser.IsNeeded)
        {
            start.UserName = UnprivilegedUser.For(Path.Combine(root, "data")).Name;
        }

        return start;
    }

    private static string GroupOf(int process)
    {
        var status = File.ReadAllText($"/proc/{process}/stat");
        return status[(status.LastIndexOf(')') + 2)..].Split(' ')[2];
    }
}
