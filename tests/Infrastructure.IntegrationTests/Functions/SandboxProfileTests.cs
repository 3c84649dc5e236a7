using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ChatPlatform.Infrastructure.Functions.Node;
using ChatPlatform.Infrastructure.Packages;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>What the system's walls stop by themselves, for scripts that have got past Node.js's permissions and the sealed modules.</summary>
public sealed class SandboxProfileTests(bool sandbox) : EscapeTest(sandbox)
{
    private const string Probe = """
        const [fs, net] = [require('fs'), require('net')];
        const can = (what) => { try { what(); return true; } catch { return false; } };
        const reaches = (place) => new Promise((tell) => {
          const socket = net.connect(place).on('error', () => tell(false));
          socket.on('connect', () => { socket.destroy(); tell(true); });
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

    /// <summary>Also where only the account and the network are the process's own.</summary>
    private static readonly string[] Everywhere = ["root", "server", "names", "writing"];
    private static readonly string[] InTheSandbox = ["passwords", "processes", "database", "shell", "killing"];

    [Test]
    public async Task Walls_stop_what_Node_would_let_through()
    {
        System.Environment.SetEnvironmentVariable("SECRET_OF_THE_SERVER", "hunter2");
        var folder = ScratchFolder.New("chatplatform-walls-");
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
            foreach (var what in Sandbox ? [.. Everywhere, .. InTheSandbox] : Everywhere)
            {
                Assert.That((bool)seen[what]!, Is.False, what);
            }

            Assert.That(server.Pending(), Is.False, "nothing has connected");
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
            Assert.Ignore($"Here functions run {launcher.Description}.");
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
