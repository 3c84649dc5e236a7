using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Start;

/// <summary>The private PostgreSQL ends while the server runs.</summary>
[Platform(Exclude = "Win")]
internal sealed class RestartedDatabaseTests
{
    private string _folder = null!;

    [SetUp]
    public void NameFolder() => _folder = ScratchFolder.New("chatplatform-restarted-");

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_server_starts_its_database_again_and_keeps_what_it_confirmed()
    {
        using var server = ServerProcess.Start(_folder);
        await server.UntilReadyAsync();
        await server.AuthenticateAsync(_folder);

        foreach (var (name, signal) in new[] { ("kill", 9), ("fast-shutdown", 2), ("kill-again", 9) })
        {
            using var created = await server.Client.PostAsJsonAsync(
                new Uri("/v1/users", UriKind.Relative), new { name, displayName = name, isGuest = false });
            Assert.That(created.IsSuccessStatusCode, Is.True);

            var before = Postmaster();
            Assert.That(Kill(before!.Value, signal), Is.Zero);
            var statuses = new HashSet<int>();
            await Wait.UntilAsync(
                async () =>
                {
                    using var response = await server.Client.GetAsync(new Uri($"/v1/users?name={name}", UriKind.Relative));
                    statuses.Add((int)response.StatusCode);
                    return response.IsSuccessStatusCode && Postmaster() is { } after && after != before
                        && (await response.Content.ReadAsStringAsync()).Contains($"\"{name}\"", StringComparison.Ordinal);
                },
                $"the confirmed user after {name}");
            Assert.That(statuses, Is.SubsetOf([200, 503]), name);
            Assert.That(statuses, Does.Contain(503), $"{name}: sessions of the ended server fail");
        }

        var (exitCode, output, _) = await server.StopAsync();
        Assert.That(exitCode, Is.Zero, "an ordered stop");
        Assert.That(output, Does.Contain("has died and is started again"));
        Assert.That(Postmaster(), Is.Null, "the last database is stopped with the server");
    }

    private int? Postmaster() =>
        Directory.EnumerateFiles(_folder, "postmaster.pid", SearchOption.AllDirectories).SingleOrDefault() is { } file
        && int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var id) ? id : null;

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int processId, int signal);
}
