using ChatPlatform.Infrastructure.Postgres;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Postgres;

/// <summary>Location and account of the database.</summary>
public sealed class DataFolderTests : PostgresTest
{
    [Test]
    public async Task Long_path_uses_a_short_socket_folder_while_running()
    {
        var server = await StartAsync(Options with { DataDirectory = Path.Combine(Folder, new string('x', 120), "pg") });

        Assert.That(await ScalarAsync<int>(server.ConnectionString, "SELECT 1"), Is.EqualTo(1));
        var socket = SocketFolderOf(server);
        Assert.That(socket, Does.Exist.And.Length.LessThan(93));

        await server.DisposeAsync();
        Assert.That(socket, Does.Not.Exist);
    }

    [TestCase("with space and 'quotes' and \"more\"")]
    [TestCase("$HOME `id` \\ %s; #")]
    [TestCase("a,b:c")]
    [TestCase("Größe—数据")]
    [Platform(Exclude = "Win")]
    public async Task Folder_may_have_any_name(string name)
    {
        await using var server = await StartAsync(Options with { DataDirectory = Path.Combine(Folder, name) });

        Assert.That(await ScalarAsync<int>(server.ConnectionString, "SELECT 1"), Is.EqualTo(1));
        Assert.That(Path.Combine(Folder, name, "data", "PG_VERSION"), Does.Exist);
    }

    [Test]
    public void Folder_with_other_files_is_refused_and_unchanged()
    {
        File.WriteAllText(Path.Combine(Folder, "thesis.txt"), "precious");

        Assert.That(
            () => StartAsync(Options with { DataDirectory = Folder }),
            Throws.InstanceOf<PrivatePostgresException>().With.Message.Contain("not empty and does not contain a database"));
        Assert.That(Directory.GetFileSystemEntries(Folder), Is.EqualTo(new[] { Path.Combine(Folder, "thesis.txt") }));
    }

    [Test]
    public async Task Interrupted_initdb_is_started_over()
    {
        var server = await StartAsync();
        await server.DisposeAsync();
        var data = Path.Combine(server.DataDirectory, "data");
        Directory.Move(data, data + ".new");
        File.Delete(Path.Combine(data + ".new", "PG_VERSION"));

        await using var again = await StartFromNothingAsync();

        Assert.That(await ScalarAsync<int>(again.ConnectionString, "SELECT 1"), Is.EqualTo(1));
        Assert.That(data + ".new", Does.Not.Exist);
    }

    [Test]
    [Platform(Include = "Linux")]
    public async Task Server_runs_unprivileged()
    {
        await using var server = await StartAsync();

        var user = File.ReadLines($"/proc/{Postmaster(server)}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        Assert.That(user.Split('\t')[2], UnprivilegedUser.IsNeeded ? Is.Not.EqualTo("0") : Is.EqualTo($"{Libc.EffectiveUser()}"));
    }

    [Test]
    [ForRoot]
    public async Task Folder_that_the_servers_account_cannot_access_is_moved_with_a_warning()
    {
        var logger = new RecordingLogger();
        File.SetUnixFileMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using (var server = await StartAsync(logger: logger))
        {
            Assert.That(server.DataDirectory, Does.StartWith("/var/lib/chatplatform/"));
            Assert.That(logger.Warnings, Has.One.Contain(server.DataDirectory));
            await ScalarAsync<int>(server.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS value");
        }

        await using var again = await StartAsync();
        Assert.That(await ScalarAsync<int>(again.ConnectionString, "SELECT value FROM kept"), Is.EqualTo(42));
    }

    [Test]
    [ForRoot]
    public async Task Start_as_root_leaves_a_users_database_to_that_user()
    {
        await using (await StartAsync())
        {
        }

        var other = Libc.AccountOf("nobody")!;
        new UnprivilegedUser(other.Name, other.User, other.Group).ChangeOwnerRecursively(Options.DataDirectory);

        await using var server = await StartAsync();

        Assert.That(Libc.OwnerOf(Path.Combine(server.DataDirectory, "data", "postmaster.pid")), Is.EqualTo(other.User));
    }

    [Test]
    [ForRoot]
    public async Task Database_copied_by_root_gets_its_owner_back()
    {
        await using (await StartAsync())
        {
        }

        new UnprivilegedUser("root", 0, 0).ChangeOwnerRecursively(Options.DataDirectory);

        await using var server = await StartAsync();

        Assert.That(await ScalarAsync<int>(server.ConnectionString, "SELECT 1"), Is.EqualTo(1));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void User_id_without_a_name_is_refused()
    {
        const uint nameless = 3_999_999_999;

        Assert.That(
            () => UnprivilegedUser.RequireName(nameless),
            Throws.InstanceOf<PrivatePostgresException>().With.Message.Contain("ConnectionStrings:ChatPlatform"));
        Assert.That(() => UnprivilegedUser.RequireName(Libc.EffectiveUser()), Throws.Nothing);
    }
}
