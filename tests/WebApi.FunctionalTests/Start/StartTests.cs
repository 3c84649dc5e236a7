using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Start;

/// <summary>Starting and stopping the server process.</summary>
[Platform(Exclude = "Win")]
internal sealed class StartTests
{
    private string _folder = null!;

    [SetUp]
    public void NameFolder() => _folder = ScratchFolder.New("chatplatform-start-");

    [TearDown]
    public void RemoveFolder()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Test]
    public async Task Without_configuration_it_creates_and_keeps_a_database_and_credentials()
    {
        using var first = ServerProcess.Start(_folder);
        await first.UntilReadyAsync();
        var file = Path.Combine(_folder, "credentials.json");
        var credentials = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(Convert.FromBase64String((string)credentials["secretKey"]!), Has.Length.EqualTo(32));
        var token = await first.AuthenticateAsync(_folder);
        Assert.That(await UploadPictureAsync(first, token, bytes: 2_000_000), Is.EqualTo(HttpStatusCode.OK), "above the JSON limit");
        var stopped = await first.StopAsync();
        Assert.That(stopped.ExitCode, Is.Zero, stopped.Errors);
        Assert.That(stopped.Output, Does.Contain((string)credentials["clientSecret"]!), "shown once");

        using var second = ServerProcess.Start(_folder);
        await second.UntilReadyAsync();
        Assert.That(await UseTokenAsync(second, token), Is.EqualTo(HttpStatusCode.OK), "the token is in the database");
        var again = await second.StopAsync();
        Assert.That(again.Output, Does.Not.Contain((string)credentials["clientSecret"]!), "not shown again");
    }

    [Test]
    public async Task The_next_start_adopts_the_database_of_a_killed_server()
    {
        using var first = ServerProcess.Start(_folder);
        await first.UntilReadyAsync();
        var token = await first.AuthenticateAsync(_folder);
        first.KillAtOnce();
        await first.ExitAsync();

        using var second = ServerProcess.Start(_folder);
        await second.UntilReadyAsync();
        Assert.That(await UseTokenAsync(second, token), Is.EqualTo(HttpStatusCode.OK));
        var stopped = await second.StopAsync();
        Assert.That(stopped.ExitCode, Is.Zero, stopped.Errors);
    }

    [Test]
    public async Task A_pending_migration_stops_the_start_and_names_the_command()
    {
        await using var empty = await TestDatabase.EmptyAsync();
        using var server = ServerProcess.Start(_folder, ("ConnectionStrings__ChatPlatform", empty.ConnectionString));

        var (exitCode, _, errors) = await server.ExitAsync();

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(errors, Does.Contain("dotnet run --project migrations -- apply"));
    }

    [Test]
    public async Task A_database_encrypted_with_another_key_requires_that_key()
    {
        const string old = "b2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2w=", young = "bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmU=";
        await using var database = await TestDatabase.CloneAsync();
        var connection = ("ConnectionStrings__ChatPlatform", database.ConnectionString);
        using (var first = ServerProcess.Start(_folder, connection, ("Secrets__Key", old)))
        {
            await first.UntilReadyAsync();
            await first.StopAsync();
        }

        using var generated = ServerProcess.Start(_folder, connection);
        using var other = ServerProcess.Start(_folder, connection, ("Secrets__Key", young));
        using var broken = ServerProcess.Start(_folder, connection, ("Secrets__Key", "short"));
        foreach (var server in new[] { generated, other, broken })
        {
            var (exitCode, output, errors) = await server.ExitAsync();
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(errors, Does.StartWith("ChatPlatform cannot start: ").And.Contain("Secrets:Key").And.Not.Contain("   at "));
            Assert.That(output + errors, Does.Not.Contain(young).And.Not.Contain(old));
        }

        Assert.That(File.Exists(Path.Combine(_folder, "credentials.json")), Is.False, "no unused key was generated");
        using var changed = ServerProcess.Start(_folder, connection, ("Secrets__Key", young), ("Secrets__PreviousKeys__0", old));
        await changed.UntilReadyAsync();
        await changed.StopAsync();
    }

    [Test]
    public async Task An_unreachable_database_is_reported_without_a_stack_trace()
    {
        using var server = ServerProcess.Start(
            _folder, ("ConnectionStrings__ChatPlatform", "Host=127.0.0.1;Port=1;Username=x;Password=geheim;Database=x;Timeout=3"));

        var (exitCode, output, errors) = await server.ExitAsync();

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(errors, Does.StartWith("ChatPlatform cannot start: ").And.Not.Contain("   at "));
        Assert.That(output + errors, Does.Not.Contain("geheim"));
    }

    private static async Task<HttpStatusCode> UploadPictureAsync(ServerProcess server, string token, int bytes)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[bytes]), "file", "a.png" } };
        form.First().Headers.ContentType = MediaTypeHeaderValue.Parse("image/png");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/users/1/display-picture") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await server.Client.SendAsync(request);
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> UseTokenAsync(ServerProcess server, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/application", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await server.Client.SendAsync(request);
        return response.StatusCode;
    }
}
