using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ChatPlatform.Infrastructure.Functions.Node;
using ChatPlatform.Infrastructure.Packages;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>Limits of the sandbox itself, for scripts that bypass Node.js's permission model and the locked-down modules.</summary>
public sealed class SandboxProfileTests(bool sandbox) : EscapeTest(sandbox)
{
    private const string Probe = """
        const [fs, net] = [require('fs'), require('net')];
        const can = (action) => { try { action(); return true; } catch { return false; } };
        const reaches = (address) => new Promise((resolve) => {
          const socket = net.connect(address).on('error', () => resolve(false));
          socket.on('connect', () => { socket.destroy(); resolve(true); });
        });
        (async () => console.log(JSON.stringify({
          environment: JSON.stringify(process.env),
          root: process.getuid() === 0,
          server: await reaches({ port: PORT, host: '127.0.0.1' }),
          names: await require('dns').promises.lookup('example.com').then(() => true, () => false),
          writing: can(() => fs.writeFileSync('/tmp/chatplatform-written', 'x')),
          passwords: can(() => fs.readFileSync('/etc/passwd')),
          processes: can(() => fs.readdirSync('/proc')),
          database: await reaches('SOCKET'),
          shell: require('child_process').spawnSync('/bin/sh', ['-c', 'true']).status === 0,
          killing: can(() => process.kill(SERVER, 0)),
        }, null, 1)))();
        """;

    /// <summary>Also with the weaker profiles, which separate only account and network.</summary>
    private static readonly string[] Everywhere = ["root", "server", "names", "writing"];
    private static readonly string[] InTheSandbox = ["passwords", "processes", "database", "shell", "killing"];

    [Test]
    public async Task Sandbox_blocks_what_Node_allows()
    {
        System.Environment.SetEnvironmentVariable("SECRET_OF_THE_SERVER", "hunter2");
        var folder = ScratchFolder.New("chatplatform-sandbox-");
        SharedFolder.Create(folder);
        try
        {
            using var server = new TcpListener(IPAddress.Loopback, 0);
            server.Start();
            using var database = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            database.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, "socket")));
            database.Listen();
            File.SetUnixFileMode(Path.Combine(folder, "socket"), (UnixFileMode)0b111_111_111);

            var seen = await ProbeAsync(((IPEndPoint)server.LocalEndpoint).Port, Path.Combine(folder, "socket"));

            await TestContext.Out.WriteLineAsync(seen.ToJsonString());
            Assert.That((string)seen["environment"]!, Does.Not.Contain("hunter2"));
            foreach (var action in Sandbox ? [.. Everywhere, .. InTheSandbox] : Everywhere)
            {
                Assert.That((bool)seen[action]!, Is.False, action);
            }

            Assert.That(server.Pending(), Is.False, "no connection was made");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<JsonNode> ProbeAsync(int port, string socket)
    {
        var launcher = await Node.PrepareAsync(CancellationToken.None);
        if (launcher.Description.Contains("in reach", StringComparison.Ordinal))
        {
            Assert.Ignore($"On this machine functions run {launcher.Description}.");
        }

        var script = Probe.Replace("PORT", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("SOCKET", socket, StringComparison.Ordinal)
            .Replace("SERVER", System.Environment.ProcessId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var result = await OneShotProcess.TryRunAsync(
            launcher.Start(Application, dependencies: null, "-e", script), input: null, CancellationToken.None);
        Assert.That(result?.ExitCode, Is.Zero, result?.Errors);
        return JsonNode.Parse(result!.Output)!;
    }
}
