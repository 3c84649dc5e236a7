using System.Net;
using ChatPlatform.Testing;
using Npgsql;
using NUnit.Framework;

namespace ChatPlatform.Migrations.IntegrationTests;

/// <summary>The two roles of the runbook: the owner migrates, the server's role only reads and writes rows.</summary>
public sealed class RoleTests
{
    private const string Password = "only-for-this-test";

    private TestDatabase _database = null!;
    private TestDatabase _owners = null!;
    private TestDatabase _applications = null!;

    [OneTimeSetUp]
    public async Task CreateRoles()
    {
        _database = await TestDatabase.EmptyAsync();
        using var file = new StreamReader(typeof(Program).Assembly.GetManifestResourceStream("Roles.sql")!);
        var roles = await file.ReadToEndAsync();
        var passwords = string.Join(';', new[] { "owner", "app" }.Select(role => $"ALTER ROLE chatplatform_{role} PASSWORD '{Password}'"));
        foreach (var sql in new[] { roles, roles, passwords })
        {
            await using var command = _database.DataSource.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        _owners = _database.As("chatplatform_owner", Password);
        _applications = _database.As("chatplatform_app", Password);
        var apply = await CommandLine.RunAsync("apply", "--connection", _owners.ConnectionString);
        Assert.That(apply.ExitCode, Is.Zero, apply.Text);
    }

    [OneTimeTearDown]
    public async Task DropDatabase()
    {
        await _owners.DisposeAsync();
        await _applications.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Server_runs_with_the_rights_of_the_application_role()
    {
        await _applications.SeedAsync();
        await using var server = new ServerFactory(_applications, new TestClock(), workers: true);
        using var client = server.Anonymous();

        using var ready = await client.GetAsync("/health/ready");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = SeededCommunity.Riverside.ClientId,
            ["client_secret"] = SeededCommunity.Riverside.ClientSecret,
        });
        using var token = await client.PostAsync("/oauth/token", form);

        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(token.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("CREATE TABLE mine (id int)")]
    [TestCase("ALTER TABLE users ADD mine int")]
    [TestCase("DROP TABLE messages")]
    [TestCase("TRUNCATE messages")]
    [TestCase("CREATE INDEX ON messages (body)")]
    public void Application_role_cannot_change_the_schema(string sql)
    {
        var refused = Assert.ThrowsAsync<PostgresException>(async () =>
        {
            await using var command = _applications.DataSource.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        });

        Assert.That(refused!.SqlState, Is.EqualTo(PostgresErrorCodes.InsufficientPrivilege));
    }
}
