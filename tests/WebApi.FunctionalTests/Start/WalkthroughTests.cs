using System.Diagnostics;
using System.Text.RegularExpressions;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Start;

/// <summary>Runs the commands of the documents in order, in one shell with a new server.</summary>
[Platform(Exclude = "Win")]
internal sealed partial class WalkthroughTests
{
    /// <summary>Stops at the first call that fails.</summary>
    private const string Strictly = "set -euo pipefail\ncurl() { command curl -f \"$@\"; }\n";

    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => Directory.CreateDirectory(_folder = ScratchFolder.New("chatplatform-walk-"));

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Documented_commands_work()
    {
        using var server = ServerProcess.Start(Path.Combine(_folder, ".chatplatform"));
        await server.UntilReadyAsync();
        var steps = CommandsOf("README.md").Concat(CommandsOf("docs/chat-services.md"))
            .Concat(CommandsOf("docs/coming-from-chatkitty.md")).Concat(CommandsOf("docs/functions.md")).ToList();
        Assert.That(steps, Has.Count.EqualTo(4), "code blocks with curl");

        var (exitCode, output, errors) = await RunAsync(
            Strictly + string.Join('\n', steps).Replace("localhost:3000", server.Client.BaseAddress!.Authority, StringComparison.Ordinal));

        Assert.That(exitCode, Is.Zero, $"{output}\n{errors}");
        Assert.That(output, Does.Contain("It weaves algebraic patterns."));
        Assert.That(output, Does.Contain("\"total_received\":1").And.Contain("\"chat_in-channel\":1"));
        Assert.That(output, Does.Contain("\"hours\":[{\"users\":").And.Contain("{\"users\":1,"));
        Assert.That(output, Does.Contain("Who brings the cake?").And.Match("\"invitation\":\"[^\"]+/i/1\\.[A-Za-z0-9_-]{22}\""));
        Assert.That(output, Does.Contain("\"rank\":\"admiral\"").And.Contain("{\"secret\":{\"token\":\"t-1\"}}"));
        Assert.That(output, Does.Contain("\"type\":\"HOSTED\""));
        Assert.That(output, Does.Contain("\"display_name\":\"harvard\"").And.Contain("\"name\":\"linus\""));
        Assert.That(output, Does.Contain("\"GREETING\":\"Ahoy\"").And.Contain("\"body\":\"Notes on the engine\""));
        Assert.That(output, Does.Contain("\"payload\":\"hi\"").Or.Contain("UNAVAILABLE"), "result, or the reason why there is no runtime");
        var stopped = await server.StopAsync();
        Assert.That(stopped.ExitCode, Is.Zero, stopped.Errors);
    }

    private static IEnumerable<string> CommandsOf(string document) => ShellBlock()
        .Matches(File.ReadAllText(Path.Combine(Repository(), document)))
        .Select(block => block.Groups[1].Value)
        .Where(commands => commands.Contains("curl", StringComparison.Ordinal));

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var shell = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var (output, errors) = (shell.StandardOutput.ReadToEndAsync(limit.Token), shell.StandardError.ReadToEndAsync(limit.Token));
        await shell.WaitForExitAsync(limit.Token);
        return (shell.ExitCode, await output, await errors);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && folder.GetFiles("*.sln").Length == 0)
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No solution found above {AppContext.BaseDirectory}.");
    }

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex ShellBlock();
}
