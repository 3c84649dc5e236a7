using System.Net.Http.Json;
using ChatPlatform.Testing;
using Npgsql;
using NUnit.Framework;

namespace ChatPlatform.Migrations.IntegrationTests;

/// <summary>The two roles of the runbook: one migrates, the server's role only reads and writes rows.</summary>
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
        using var client = server.ClientFor(SeededCommunity.Riverside);

        using var ready = await client.GetAsync("/health/ready");
        using var user = await client.PostAsJsonAsync("/v1/users", new { name = "erin", displayName = "Erin", isGuest = false });
        using var message = await client.PostAsJsonAsync(
            $"/v1/channels/{SeededCommunity.Lobby.Id}/messages", new { type = "TEXT", body = "Hello", user = new { username = "erin" } });
        using var file = new MultipartFormDataContent { { new StringContent("""[{"name":"frank"}]"""), "file", "users.json" } };
        using var import = await client.PostAsync("/v1/imports/users", file);
        using var statistics = await client.GetAsync($"/channels?channel_id={SeededCommunity.Lobby.Id}");
        using var chat = await client.PostAsJsonAsync("/api/v1/private/chats", new { title = "A chat" });

        HttpResponseMessage[] responses = [ready, user, message, import, statistics, chat];
        Assert.That(responses.Select(response => response.IsSuccessStatusCode), Is.All.True, string.Join('\n', responses.AsEnumerable()));
        await Wait.UntilAsync(() => IsAsync("SELECT EXISTS (SELECT FROM users WHERE name = 'frank')"), "the import");
        await Wait.UntilAsync(() => IsAsync("SELECT EXISTS (SELECT FROM chats WHERE channel_id IS NOT NULL)"), "the chat");
        await Wait.UntilAsync(() => IsAsync("SELECT bool_and(waiting = 0) FROM follower_lag"), "the followers");
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

    private async Task<bool> IsAsync(string sql)
    {
        await using var command = _applications.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is true;
    }
}
