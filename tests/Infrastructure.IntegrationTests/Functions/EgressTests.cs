using System.Net;
using System.Net.Sockets;
using ChatPlatform.Infrastructure.Functions.Egress;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>Requests of scripts to external hosts. The external host is a server on loopback, which counts as public here.</summary>
public sealed class EgressTests : FunctionTest
{
    private readonly List<string> _requests = [];
    private WebApplication _remote = null!;
    private int _port;

    [OneTimeSetUp]
    public async Task ServeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _remote = builder.Build();
        _remote.Run(RespondAsync);
        await _remote.StartAsync();
        _port = new Uri(_remote.Urls.Single()).Port;
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _remote.DisposeAsync();

    [SetUp]
    public void ClearRequests() => _requests.Clear();

    [Test]
    public async Task Server_makes_the_request_to_an_allowed_host()
    {
        using var rig = Rig();

        var result = await FetchAsync(rig, $$"""
            const headers = { 'X-Mine': 'yes', Host: 'other' };
            const response = await fetch('http://localhost:{{_port}}/echo', { method: 'POST', headers, body: 'grüße' });
            return [response.status, response.ok, response.url, response.headers.get('x-theirs'), await response.text()];
            """);

        Assert.That(result, Is.EqualTo($"[200,true,\"http://localhost:{_port}/echo\",\"1\",\"POST localhost:{_port} yes grüße\"]"));
    }

    [Test]
    public async Task Redirects_to_allowed_hosts_are_followed()
    {
        using var rig = Rig();

        Assert.That(
            await FetchAsync(
                rig,
                $"const response = await fetch('http://localhost:{_port}/to?http://localhost:{_port}/echo'); "
                + "return [response.redirected, response.status];"),
            Is.EqualTo("[true,200]"));
        Assert.That(
            await FetchAsync(
                rig,
                $"return (await fetch('http://localhost:{_port}/to?http://localhost:{_port}/echo', {{ redirect: 'manual' }})).status;"),
            Is.EqualTo("302"));
    }

    [TestCase("http://127.0.0.1:PORT/", "is not an allowed host")]
    [TestCase("http://example.org/", "is not an allowed host")]
    [TestCase("http://2130706433:PORT/", "is not an allowed host")]
    [TestCase("http://0x7f.1:PORT/", "is not an allowed host")]
    [TestCase("http://[::ffff:127.0.0.1]:PORT/", "is not an allowed host")]
    [TestCase("http://localhost.evil.invalid:PORT/", "is not an allowed host")]
    [TestCase("http://localhost:PORT/to?http://169.254.169.254/latest/meta-data/", "redirects to http://169.254.169.254/latest/meta-data/")]
    [TestCase("https://localhost:PORT/", "cannot be reached")]
    [TestCase("http://localhost:1/", "is not an allowed host")]
    [TestCase("http://user:password@localhost:PORT/", "includes credentials")]
    [TestCase("file:///etc/passwd", "is not an allowed host")]
    [TestCase("http://localhost:PORT/to?http://127.0.0.1:PORT/echo", "to http://127.0.0.1:PORT/echo, which is not an allowed host")]
    [TestCase("http://localhost:PORT/to?file:///etc/passwd", "redirects to file:///etc/passwd")]
    [TestCase("http://localhost:PORT/again", "redirects more than 5 times")]
    [TestCase("http://localhost:PORT/much", "has more than 100000 bytes")]
    [TestCase("http://nowhere.invalid/", "has no address")]
    public async Task Other_addresses_are_refused_with_the_reason(string url, string reason)
    {
        using var rig = Rig();

        var outcome = await rig.Runtime.InvokeAsync(
            Request($"exports.handleEvent = async () => (await fetch('{WithPort(url)}')).text();"), Api, CancellationToken.None);

        Assert.That(outcome.Error?.Message, Does.Contain(WithPort(reason)));
        Assert.That(_requests, Has.None.EqualTo("GET /echo"));
    }

    [TestCase("http://localhost:PORT/")]
    [TestCase("http://loopback.example:PORT/")]
    public async Task Allowed_host_with_a_private_address_is_refused(string url)
    {
        using var rig = Rig(publicOnly: true);

        var outcome = await rig.Runtime.InvokeAsync(
            Request($"exports.handleEvent = async () => (await fetch('{WithPort(url)}')).text();"),
            Api,
            CancellationToken.None);

        Assert.That(outcome.Error?.Message, Does.Contain("has no public address").Or.Contain("has no address"));
        Assert.That(_requests, Is.Empty);
    }

    /// <summary>Cloud metadata, the private network, and a redirect from a public to a private host.</summary>
    [TestCase("http://metadata.example:PORT/echo", "metadata.example", "169.254.169.254")]
    [TestCase("http://intranet.example:PORT/echo", "intranet.example", "10.0.0.1,192.168.0.1,::1")]
    [TestCase("http://localhost:PORT/to?http://intranet.example:PORT/echo", "intranet.example", "10.0.0.1")]
    public async Task Addresses_are_checked_after_resolving_and_at_every_redirect(string url, string name, string addresses)
    {
        using var rig = Rig(names: new() { [name] = addresses });

        var outcome = await rig.Runtime.InvokeAsync(
            Request($"exports.handleEvent = async () => (await fetch('{WithPort(url)}')).text();"),
            Api,
            CancellationToken.None);

        Assert.That(outcome.Error?.Message, Does.Contain("has no public address"));
        Assert.That(_requests, Has.None.EqualTo("GET /echo"));
    }

    [Test]
    public async Task Connection_uses_the_address_that_was_checked()
    {
        using var elsewhere = new TcpListener(IPAddress.Parse("127.0.0.2"), _port);
        elsewhere.Start();
        var addresses = new Queue<string>(["127.0.0.1", "127.0.0.2", "127.0.0.2,127.0.0.1"]);
        using var rig = Rig(resolve: _ => addresses.Dequeue());
        var fetch = $"return await fetch('http://rebound.example:{_port}/last').then((one) => one.status, (error) => error.message);";

        Assert.That(await FetchAsync(rig, fetch), Is.EqualTo("200"), "resolved once, and connected to that address");
        Assert.That(addresses, Has.Count.EqualTo(2));
        Assert.That(await FetchAsync(rig, fetch), Does.Contain("has no public address"), "a new connection is checked again");
        Assert.That(await FetchAsync(rig, fetch), Is.EqualTo("200"), "of several addresses only the public ones are tried");
        Assert.That(elsewhere.Pending(), Is.False);
    }

    [Test]
    public async Task Packages_can_use_http()
    {
        using var rig = Rig();

        var result = await FetchAsync(rig, $$"""
            const http = require('http');
            const ask = (path, options, body) => new Promise((resolve, reject) => {
              const agent = new http.Agent({ keepAlive: true });
              const request = http.request(`http://localhost:{{_port}}${path}`, { agent, ...options }, (response) => {
                const chunks = [];
                response.on('data', (chunk) => chunks.push(chunk));
                response.on('end', () => resolve(
                  [response.statusCode, response.headers['x-theirs'], response.headers.location ?? '', String(Buffer.concat(chunks))]));
              });
              request.on('error', (error) => reject(error));
              request.setHeader('X-Mine', 'yes');
              request.end(body);
            });
            if (require('tty').isatty(1) || require('net').isIP('127.0.0.1') !== 4) throw new Error('packages call these as they load');
            const get = (await import('node:http')).get;
            const refused = await new Promise(
              (resolve) => get('http://127.0.0.1:{{_port}}/').on('error', (error) => resolve(error.message)));
            const wrong = await new Promise((resolve) => {
              try { require('https').get('http://localhost/'); } catch (error) { resolve(error.code); }
            });
            const redirect = await ask('/to?http://localhost:{{_port}}/echo', {});
            return [await ask('/echo', { method: 'POST' }, 'grüße'), redirect, refused, wrong];
            """);

        Assert.That(result, Is.EqualTo(
            $"[[200,\"1\",\"\",\"POST localhost:{_port} yes grüße\"],[302,\"1\",\"http://localhost:{_port}/echo\",\"\"],"
            + $"\"http://127.0.0.1:{_port}/ is not an allowed host (Functions:AllowedHosts).\",\"ERR_INVALID_PROTOCOL\"]"));
    }

    [Test]
    public async Task No_request_is_made_without_allowed_hosts()
    {
        var error = await ErrorAsync($"exports.handleEvent = () => fetch('http://localhost:{_port}/echo');");

        var http = await ErrorAsync(
            $"exports.handleEvent = () => new Promise((done) => require('http').get('http://localhost:{_port}/echo', done));");

        Assert.That(error.Message, Does.Contain("Functions:AllowedHosts"));
        Assert.That(http.Message, Does.Contain("Functions:AllowedHosts"));
        Assert.That(_requests, Is.Empty);
    }

    [TestCase("1.1.1.1", true)]
    [TestCase("93.184.215.14", true)]
    [TestCase("2606:4700::1111", true)]
    [TestCase("127.0.0.1", false)]
    [TestCase("127.8.8.8", false)]
    [TestCase("0.0.0.0", false)]
    [TestCase("10.1.2.3", false)]
    [TestCase("172.31.255.255", false)]
    [TestCase("192.168.0.1", false)]
    [TestCase("100.64.0.1", false)]
    [TestCase("169.254.169.254", false)]
    [TestCase("224.0.0.1", false)]
    [TestCase("255.255.255.255", false)]
    [TestCase("::1", false)]
    [TestCase("::", false)]
    [TestCase("::ffff:127.0.0.1", false)]
    [TestCase("::ffff:169.254.169.254", false)]
    [TestCase("::127.0.0.1", false)]
    [TestCase("64:ff9b::7f00:1", false)]
    [TestCase("2002:7f00:1::", false)]
    [TestCase("2001::1", false)]
    [TestCase("fe80::1", false)]
    [TestCase("fc00::1", false)]
    [TestCase("fd00:ec2::254", false)]
    [TestCase("ff02::1", false)]
    public void Public_addresses_are_recognized(string address, bool isPublic) =>
        Assert.That(PublicAddresses.Contain(IPAddress.Parse(address)), Is.EqualTo(isPublic));

    /// <param name="names">Addresses by name, separated by commas.</param>
    /// <param name="resolve">The same as a function. Only 127.0.0.1 counts as public.</param>
    private FunctionRig Rig(bool publicOnly = false, Dictionary<string, string>? names = null, Func<string, string>? resolve = null) =>
        FunctionRig.Build(options =>
    {
        options.AllowedHosts = [.. new[] { "localhost", "*.example" }.Select(host => $"{host}:{_port}"), "nowhere.invalid"];
        options.FetchBytes = 100_000;
        resolve ??= names is null ? null : name => names.GetValueOrDefault(name, "127.0.0.1");
        if (resolve is not null)
        {
            options.Resolve = (name, _) => Task.FromResult(Array.ConvertAll(resolve(name).Split(','), IPAddress.Parse));
            options.IsConnectAllowed = IPAddress.Loopback.Equals;
            return;
        }

        if (!publicOnly)
        {
            options.IsConnectAllowed = IPAddress.IsLoopback;
        }
    });

    private string WithPort(string text) => text.Replace("PORT", $"{_port}", StringComparison.Ordinal);

    private async Task<string> FetchAsync(FunctionRig rig, string body)
    {
        var outcome = await rig.Runtime.InvokeAsync(
            Request($"exports.handleEvent = async () => {{ {body} }};"), Api, CancellationToken.None);
        Assert.That(outcome.Error, Is.Null);
        return outcome.Result.ToString();
    }

    private async Task RespondAsync(HttpContext context)
    {
        _requests.Add($"{context.Request.Method} {context.Request.Path}");
        context.Response.Headers["X-Theirs"] = "1";
        switch (context.Request.Path)
        {
            case "/to":
                context.Response.Redirect(context.Request.QueryString.Value![1..]);
                break;
            case "/again":
                context.Response.Redirect("/again");
                break;
            case "/last":
                context.Response.Headers.Connection = "close";
                break;
            case "/much":
                await context.Response.Body.WriteAsync(new byte[200_000]);
                break;
            default:
                using (var body = new StreamReader(context.Request.Body))
                {
                    await context.Response.WriteAsync(
                        $"{context.Request.Method} {context.Request.Host} {context.Request.Headers["X-Mine"]} "
                        + await body.ReadToEndAsync());
                }

                break;
        }
    }
}
