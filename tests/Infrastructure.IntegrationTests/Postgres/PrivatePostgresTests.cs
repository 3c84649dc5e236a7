using ChatPlatform.Infrastructure.Postgres;
using ChatPlatform.Testing;
using Npgsql;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Postgres;

public sealed class PrivatePostgresTests : PostgresTest
{
    [Test]
    public async Task Starts_from_nothing_and_accepts_queries()
    {
        await using var server = await StartFromNothingAsync(Options with { Durable = true });

        Assert.Multiple(async () =>
        {
            Assert.That(await ScalarAsync<int>(server.ConnectionString, "SELECT 1"), Is.EqualTo(1));
            Assert.That(await ScalarAsync<string>(server.ConnectionString, "SELECT current_database()::text"), Is.EqualTo("chatplatform"));
            Assert.That(server.Adopted, Is.False);
            Assert.That(server.DataDirectory, Is.EqualTo(Options.DataDirectory));
            Assert.That(await SettingAsync(server, "server_encoding"), Is.EqualTo("UTF8"));
            Assert.That(
                await ScalarAsync<string>(server.ConnectionString, "SELECT datcollate FROM pg_database WHERE datname = current_database()"),
                Is.EqualTo("C"));
            Assert.That(
                await ScalarAsync<bool>(
                    server.ConnectionString,
                    "SELECT datctype <> 'C' AND 'é' ~ '^\\w$' FROM pg_database WHERE datname = current_database()"),
                Is.EqualTo(!OperatingSystem.IsWindows()),
                "it knows letters beyond ASCII");
        });
    }

    [TestCase(true, "on")]
    [TestCase(false, "off")]
    public async Task Durability_is_off_only_on_request(bool durable, string expected)
    {
        await using var server = await StartAsync(Options with { Durable = durable });

        Assert.Multiple(async () =>
        {
            Assert.That(await SettingAsync(server, "fsync"), Is.EqualTo(expected));
            Assert.That(await SettingAsync(server, "synchronous_commit"), Is.EqualTo(expected));
            Assert.That(await SettingAsync(server, "full_page_writes"), Is.EqualTo(expected));
        });
    }

    [Test]
    public async Task Second_start_keeps_the_data()
    {
        await using (var first = await StartAsync())
        {
            await ScalarAsync<int>(first.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS value");
        }

        await using var second = await StartAsync();

        Assert.That(await ScalarAsync<int>(second.ConnectionString, "SELECT value FROM kept"), Is.EqualTo(42));
        Assert.That(second.Adopted, Is.False);
    }

    [Test]
    public async Task Stopping_ends_the_process_and_closes_its_socket()
    {
        var server = await StartAsync();
        var process = Postmaster(server);
        await using var idle = new NpgsqlConnection(server.ConnectionString);
        await idle.OpenAsync();

        await server.StopAsync();

        Assert.That(PostmasterProcess.IsAlive(process), Is.False);
        Assert.That(File.Exists(Path.Combine(server.DataDirectory, "data", "postmaster.pid")), Is.False);
        Assert.That(Directory.Exists(SocketFolderOf(server)), Is.False);
        await server.DisposeAsync();
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task No_other_user_of_the_machine_can_reach_it()
    {
        await using var server = await StartAsync();

        Assert.Multiple(async () =>
        {
            Assert.That(await SettingAsync(server, "listen_addresses"), Is.Empty);
            Assert.That(
                File.GetUnixFileMode(SocketFolderOf(server)),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
            var socket = File.GetUnixFileMode(Path.Combine(SocketFolderOf(server), ".s.PGSQL.5432"));
            Assert.That(socket & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite), Is.EqualTo(UnixFileMode.None));
        });
    }

    [Test]
    public async Task Without_sockets_it_listens_on_loopback_and_requires_its_password()
    {
        await using var server = await StartFromNothingAsync(Options with { OverTcp = true });
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "guessed" }.ConnectionString;

        Assert.That(await SettingAsync(server, "listen_addresses"), Is.EqualTo("127.0.0.1"));
        Assert.That(await ScalarAsync<int>(server.ConnectionString, "SELECT 1"), Is.EqualTo(1));
        Assert.That(
            () => ScalarAsync<int>(wrong, "SELECT 1"),
            Throws.InstanceOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InvalidPassword));
    }

    [Test]
    public async Task Death_of_the_server_is_logged()
    {
        var logger = new RecordingLogger();
        await using var server = await StartAsync(logger: logger);

        PostmasterProcess.Abort(Postmaster(server));

        var message = await logger.Critical.WaitAsync(Timeout);
        Assert.That(message, Does.Contain("has died").And.Contain("received immediate shutdown request"));
    }

    [TestCase(9, false)]
    [TestCase(2, false)]
    [TestCase(9, true)]
    [Platform(Exclude = "Win")]
    public async Task Server_that_ends_is_started_again_at_the_same_address(int signal, bool overTcp)
    {
        await using var server = await StartFromNothingAsync(Options with { Durable = true, OverTcp = overTcp });
        await ScalarAsync<int>(server.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS value");
        var ended = Postmaster(server);

        Libc.Signal(ended, signal);

        await Wait.UntilAsync(() => AnswersAsync(server, "SELECT value FROM kept", ended), "the server to run again");
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task Restart_is_retried_until_its_obstacle_is_gone()
    {
        var logger = new RecordingLogger();
        await using var server = await StartAsync(Options with { Durable = true }, logger);
        await ScalarAsync<int>(server.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS value");
        var ended = Postmaster(server);
        var settings = Path.Combine(server.DataDirectory, "data", "postgresql.auto.conf");
        await File.AppendAllTextAsync(settings, "shared_buffers = 'no size'\n");

        Libc.Signal(ended, 9);
        await Wait.UntilAsync(() => Task.FromResult(logger.Errors.Any()), "a failed restart");
        await File.WriteAllTextAsync(settings, string.Empty);

        await Wait.UntilAsync(() => AnswersAsync(server, "SELECT value FROM kept", ended), "the server to run again");
        Assert.That(logger.Errors, Has.Exactly(1).Contains("could not be started again"));
    }

    [Test]
    public async Task Failed_start_gives_the_reason_and_releases_the_folder()
    {
        var server = await StartAsync();
        await server.DisposeAsync();
        var settings = Path.Combine(server.DataDirectory, "data", "postgresql.auto.conf");
        await File.AppendAllTextAsync(settings, "shared_buffers = 'no size'\n");

        Assert.That(() => StartAsync(), Throws.InstanceOf<PrivatePostgresException>().With.Message.Contain("no size"));

        await File.WriteAllTextAsync(settings, string.Empty);
        await using var repaired = await StartAsync();
        Assert.That(await ScalarAsync<int>(repaired.ConnectionString, "SELECT 1"), Is.EqualTo(1));
    }

    private static async Task<bool> AnswersAsync(PrivatePostgres server, string sql, int ended)
    {
        try
        {
            return await ScalarAsync<int>(server.ConnectionString, sql) == 42 && Postmaster(server) != ended;
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException)
        {
            return false;
        }
    }
}
