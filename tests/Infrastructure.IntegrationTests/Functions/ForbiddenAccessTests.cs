using System.Net;
using System.Net.Sockets;
using ChatPlatform.Application.Functions;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>Scripts that access files, processes, the network or Node.js internals.</summary>
public sealed class ForbiddenAccessTests(bool sandbox) : EscapeTest(sandbox)
{
    [TestCase("return require('fs').readFileSync('/etc/passwd', 'utf8');")]
    [TestCase("return require('fs').readdirSync('/etc');")]
    [TestCase("return (await import('node:fs/promises')).readFile('/etc/hostname', 'utf8');")]
    [TestCase("return require('fs').realpathSync.native('/etc/../etc');")]
    [TestCase("return require('fs').readFileSync(Buffer.from('/etc/passwd'));")]
    [TestCase("return require('fs').readFileSync(new URL('file:///etc/passwd'));")]
    [TestCase("return require('fs').readFileSync('/app/../etc/passwd');")]
    [TestCase("return require('/etc/passwd');")]
    [TestCase("return require('../../../../../../../etc/hosts');")]
    [TestCase("return import('file:///etc/hosts');")]
    [TestCase("return new (require('module'))('x').load('/etc/hosts');")]
    [TestCase("require('fs').writeFileSync('/tmp/written', 'x');")]
    [TestCase("require('fs').mkdtempSync('/tmp/x');")]
    [TestCase("require('fs').symlinkSync('/etc/passwd', '/tmp/link');")]
    [TestCase("require('fs').watch('/etc');")]
    [TestCase("process.loadEnvFile('/proc/self/environ');")]
    [TestCase("return new (require('node:sqlite').DatabaseSync)('/tmp/x.db');")]
    public async Task Files(string body) => await RefusedAsync(body);

    [TestCase("return require('fs').readFileSync('/proc/self/environ', 'utf8');")]
    [TestCase("return require('fs').readFileSync('/proc/1/environ', 'utf8');")]
    [TestCase("return require('fs').readFileSync(`/proc/${process.ppid}/environ`, 'utf8');")]
    [TestCase("return require('fs').readdirSync('/proc');")]
    [TestCase("return require('fs').readFileSync('/proc/self/maps', 'utf8');")]
    [TestCase("return require('fs').openSync('/proc/self/mem', 'r+');")]
    public async Task Proc(string body) => await RefusedAsync(body);

    [TestCase("return require('child_process').execSync('id').toString();")]
    [TestCase("return process.binding('spawn_sync');")]
    [TestCase("return process.binding('process_wrap');")]
    [TestCase("return process._linkedBinding('fs');")]
    [TestCase("process.execve('/bin/sh', ['sh']);")]
    [TestCase("process.kill(process.ppid, 'SIGKILL');")]
    [TestCase("process.kill(process.pid, 'SIGKILL');")]
    [TestCase("process._kill(process.pid, 9);")]
    [TestCase("process.abort();")]
    [TestCase("process.reallyExit(0);")]
    [TestCase("process._debugProcess(process.pid);")]
    [TestCase("process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6');")]
    [TestCase("process.setuid(0);")]
    [TestCase("return new (require('worker_threads').Worker)('1', { eval: true });")]
    [TestCase("return require('inspector');")]
    [TestCase("return process.getBuiltinModule('inspector');")]
    [TestCase("return new (await import('node:wasi')).WASI({ version: 'preview1', preopens: { '/': '/' } });")]
    [TestCase("return require('module').registerHooks({});")]
    [TestCase("return require('module').register('data:text/javascript,');")]
    [TestCase("return this.constructor.constructor('return process')().mainModule.require('child_process').execSync('id');")]
    [TestCase("return Function('return process')().getBuiltinModule('child_process').execSync('id');")]
    [TestCase("return require('vm').runInNewContext('this.constructor.constructor(\"return process\")()').exit();")]
    [TestCase("return require('module')._load('child_process').execSync('id');")]
    [TestCase("return module.constructor._load('child_process', null, true).execSync('id');")]
    [TestCase("return process._getActiveHandles();")]
    public async Task Processes(string body) => await RefusedAsync(body);

    [TestCase("return fetch('http://127.0.0.1:PORT/');")]
    [TestCase("return new WebSocket('ws://127.0.0.1:PORT/');")]
    [TestCase("return require('net').connect(PORT, '127.0.0.1');")]
    [TestCase("return new (require('net').Socket)().connect(PORT);")]
    [TestCase("return require('net').connect('/var/run/postgresql/.s.PGSQL.5432');")]
    [TestCase("await new Promise((done, fail) => require('http').get('http://127.0.0.1:PORT/', done).on('error', fail));")]
    [TestCase("await new Promise((done) => require('http').get('http://127.0.0.1:PORT/', done));")]
    [TestCase("const { get } = await import('https'); "
        + "await new Promise((done, fail) => get('https://127.0.0.1:PORT/', done).on('error', fail));")]
    [TestCase("return require('http').createServer().listen(0);")]
    [TestCase("return require('http2').connect('http://127.0.0.1:PORT/');")]
    [TestCase("return require('tls').connect(PORT, '127.0.0.1');")]
    [TestCase("return require('dgram').createSocket('udp4').send('x', PORT, '127.0.0.1');")]
    [TestCase("return require('net').createServer().listen(0);")]
    [TestCase("return require('dns').promises.lookup('localhost');")]
    [TestCase("return (await import('node:dns/promises')).resolve('example.com');")]
    [TestCase("return new (require('dns').Resolver)().resolve('example.com', () => {});")]
    [TestCase("return process.binding('tcp_wrap');")]
    [TestCase("return new (Object.getPrototypeOf(require('tty').ReadStream))().connect(PORT);")]
    [TestCase("return new process.stdout.constructor.Socket().connect(PORT);")]
    [TestCase("const { executionAsyncResource } = require('async_hooks'); "
        + "return new (executionAsyncResource().constructor)(0).connect('x');")]
    public async Task Network(string body)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        await RefusedAsync(body.Replace("PORT", $"{((IPEndPoint)listener.LocalEndpoint).Port}", StringComparison.Ordinal));

        Assert.That(listener.Pending(), Is.False, "no connection was made");
    }

    [Test]
    public async Task Environment_of_the_server_is_hidden()
    {
        System.Environment.SetEnvironmentVariable("SECRET_OF_THE_SERVER", "hunter2");

        var seen = await ResultAsync(
            "exports.handleEvent = () => [JSON.stringify(process.env), process.argv.join(), process.execArgv.join()];");

        Assert.That(seen, Does.Not.Contain("hunter2").And.Not.Contain("SECRET_OF_THE_SERVER").And.Contain("{}"));
    }

    [Test]
    public async Task Native_addon_of_a_dependency_is_refused()
    {
        using var dependencies = new DependencyFolder();
        dependencies.Write("native/index.js", "module.exports = require('./addon.node');");
        File.Copy("/lib/x86_64-linux-gnu/libc.so.6", dependencies.PathOf("native/addon.node"));

        var error = await AttackAsync("return require('native');", Environment(dependencies: dependencies.Path));

        Assert.That(error.Message, Does.Contain("dlopen").Or.Contain("addon"));
    }

    [Test]
    public async Task Link_in_a_dependency_leads_nowhere()
    {
        Assume.That(Sandbox, "Without the sandbox, only the installer refuses such links.");
        using var dependencies = new DependencyFolder();
        dependencies.Write("linked/package.json", "{}");
        File.CreateSymbolicLink(dependencies.PathOf("linked/passwd"), "/etc/passwd");
        File.CreateSymbolicLink(dependencies.PathOf("linked/root"), "/");

        foreach (var path in new[] { "linked/passwd", "linked/root/etc/passwd" })
        {
            await AttackAsync(
                $"return require('fs').readFileSync('/app/node_modules/{path}', 'utf8');", Environment(dependencies: dependencies.Path));
        }
    }

    private async Task RefusedAsync(string body) =>
        Assert.That((await AttackAsync(body)).Kind, Is.EqualTo(FunctionErrorKind.Thrown).Or.EqualTo(FunctionErrorKind.NotLoadable));
}
