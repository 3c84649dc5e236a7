using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.Migrations.IntegrationTests;

/// <summary>Imports from the command line through a server on a local port.</summary>
public sealed class ImportCommandTests : ServerTest
{
    private const string Newcomer = """[{"idempotencyKey":"u1","name":"newcomer","displayName":"New","guest":false,"properties":{}}]""";

    private string _folder = null!;

    protected override bool Workers => true;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("chatplatform-import-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Files_are_imported_in_order_and_counts_are_shown()
    {
        var (exitCode, text) = await ImportAsync(
            "--users", Write("users.json", Newcomer),
            "--channels", Write("channels.json", """{"idempotencyKey":"c1","type":"PUBLIC","name":"attic","members":[]}"""),
            "--members", Write("members.json", """{"idempotencyKey":"i1","channel":"attic","username":"newcomer"}"""),
            "--messages", Write("messages.json", """[{"idempotencyKey":"m1","type":"TEXT","channel":"attic","body":"Hi"}]"""));

        Assert.That(exitCode, Is.Zero, text);
        foreach (var import in new[] { "UserImport", "ChannelImport", "ChannelMembersImport", "MessageImport" })
        {
            Assert.That(text, Does.Match($@"{import} \d+\s+Finished\s+1\s+1\s+0\s+0"));
        }

        await using var sent = Database.DataSource.CreateCommand("select count(*) from messages where body = 'Hi'");
        Assert.That(await sent.ExecuteScalarAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Invalid_items_are_shown_and_written_to_the_report()
    {
        var report = Path.Combine(_folder, "report.ndjson");
        var users = Write("users.json", """
            {"idempotencyKey":"u1","name":"newcomer","displayName":"New"}
            {"idempotencyKey":"u2","displayName":"Nameless","guest":false,"properties":{}}
            """);

        var (exitCode, text) = await ImportAsync("--users", users, "--report", report);

        Assert.That(exitCode, Is.EqualTo(1), text);
        Assert.That(text, Does.Match(@"UserImport \d+\s+Finished\s+2\s+1\s+0\s+1").And.Match(@"item 1 \(u2\): .*name"));
        var line = JsonNode.Parse((await File.ReadAllLinesAsync(report)).Single())!;
        Assert.That(((int)line["index"]!, (string?)line["idempotencyKey"]), Is.EqualTo((1, "u2")));
    }

    [Test]
    public async Task A_dry_run_writes_nothing()
    {
        var users = Write("users.json", Newcomer);

        var (exitCode, text) = await ImportAsync("--users", users, "--dry-run");

        Assert.That(exitCode, Is.Zero, text);
        Assert.That(text, Does.Match(@"Finished\s+1\s+1\s+0\s+0"));
        await using var found = Database.DataSource.CreateCommand("select count(*) from users where name = 'newcomer'");
        Assert.That(await found.ExecuteScalarAsync(), Is.Zero);
    }

    [Test]
    public async Task An_unreadable_file_fails_the_import_with_a_reason()
    {
        var (exitCode, text) = await ImportAsync("--users", Write("users.json", "[{"));

        Assert.That(exitCode, Is.EqualTo(2), text);
        Assert.That(text, Does.Match(@"UserImport \d+: .*byte"));
    }

    [Test]
    public async Task Missing_files_arguments_and_servers_are_reported()
    {
        var users = Write("users.json", "[]");

        Assert.That((await ImportAsync()).Text, Does.StartWith("Nothing to import"));
        Assert.That((await ImportAsync("--users", Path.Combine(_folder, "none"))).Text, Does.StartWith("There is no file"));
        Assert.That((await ImportAsync("--users", users, "--application", "stranger")).Text, Does.StartWith("No application given"));
        Assert.That(
            (await CommandLine.RunAsync("import", "--users", users, "--credentials", Credentials(), "--server", "http://127.0.0.1:1")).Text,
            Does.StartWith("Cannot reach the server at http://127.0.0.1:1/"));
        await File.WriteAllTextAsync(Credentials(), """{"clientId":"riverside","clientSecret":"wrong"}""");
        var refused = await CommandLine.RunAsync("import", "--users", users, "--credentials", Credentials(), "--server", Address());
        Assert.That(refused.ExitCode, Is.EqualTo(2));
        Assert.That(refused.Text, Does.Contain("/oauth/token returned 401"));
    }

    protected override void Configure(ServerFactory server)
    {
        server.UseKestrel(0);
        server.StartServer();
    }

    private Task<(int ExitCode, string Text)> ImportAsync(params string[] args)
    {
        File.WriteAllText(Credentials(), $$"""
            {"clientId":"{{SeededCommunity.Riverside.ClientId}}","clientSecret":"{{SeededCommunity.Riverside.ClientSecret}}"}
            """);
        return CommandLine.RunAsync(["import", "--server", Address(), "--credentials", Credentials(), .. args]);
    }

    private string Address() => Server.ClientOptions.BaseAddress.ToString();

    private string Credentials() => Path.Combine(_folder, "credentials.json");

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
