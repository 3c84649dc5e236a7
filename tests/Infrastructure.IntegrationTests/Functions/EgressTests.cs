using System.Net;
using ChatPlatform.Infrastructure.Functions.Egress;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Functions;

/// <summary>What scripts may ask the outside, and what they may not. The outside is a server on loopback, which counts as public here.</summary>
public sealed class EgressTests : FunctionTest
{
    private readonly List<string> _requests = [];
    private WebApplication _outside = null!;
    private int _port;

    [OneTimeSetUp]
    public async Task ServeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _outside = builder.Build();
        _outside.Run(AnswerAsync);
        await _outside.StartAsync();
        _port = new Uri(_outside.Urls.Single()).Port;
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _outside.DisposeAsync();

    [SetUp]
    public void ForgetRequests() => _requests.Clear();

    [Test]
    public async Task Allowed_host_is_asked_by_the_server()
    {
        using var rig = Rig();

        var result = await FetchAsync(rig, $$"""
            const answer = await fetch('http://localhost:{{_port}}/echo', { method: 'POST', headers: { 'X-Mine': 'yes', Host: 'other' }, body: 'grüße' });
            return [answer.status, answer.ok, answer.url, answer.headers.get('x-theirs'), await answer.text()];
            """);

        Assert.That(result, Is.EqualTo($"[200,true,\"http://localhost:{_port}/echo\",\"1\",\"POST localhost:{_port} yes grüße\"]"));
    }

    [Test]
    public async Task Redirects_are_followed_within_what_is_allowed()
    {
        using var rig = Rig();

        Assert.That(
            await FetchAsync(rig, $"const answer = await fetch('http://localhost:{_port}/to?http://localhost:{_port}/echo'); return [answer.redirected, answer.status];"),
            Is.EqualTo("[true,200]"));
        Assert.That(
            await FetchAsync(rig, $"return (await fetch('http://localhost:{_port}/to?http://localhost:{_port}/echo', {{ redirect: 'manual' }})).status;"),
            Is.EqualTo("302"));
    }

    [TestCase("http://127.0.0.1:PORT/", "is not among the hosts")]
    [TestCase("http://example.org/", "is not among the hosts")]
    [TestCase("https://localhost:PORT/", "cannot be reached")]
    [TestCase("http://localhost:1/", "is not among the hosts")]
    [TestCase("http://user:password@localhost:PORT/", "includes credentials")]
    [TestCase("file:///etc/passwd", "is not among the hosts")]
    [TestCase("http://localhost:PORT/to?http://127.0.0.1:PORT/echo", "redirects to http://127.0.0.1:PORT/echo, which functions may not ask")]
    [TestCase("http://localhost:PORT/to?file:///etc/passwd", "redirects to file:///etc/passwd")]
    [TestCase("http://localhost:PORT/again", "redirects more than 5 times")]
    [TestCase("http://localhost:PORT/much", "answers with more than 100000 bytes")]
    [TestCase("http://nowhere.invalid/", "has no address")]
    public async Task Everything_else_is_refused_and_says_why(string url, string reason)
    {
        using var rig = Rig();
        string Here(string text) => text.Replace("PORT", $"{_port}", StringComparison.Ordinal);

        var outcome = await rig.Runtime.InvokeAsync(
            Call($"exports.handleEvent = async () => (await fetch('{Here(url)}')).text();"), Api, CancellationToken.None);

        Assert.That(outcome.Error?.Message, Does.Contain(Here(reason)));
        Assert.That(_requests, Has.None.EqualTo("GET /echo"));
    }

    [TestCase("http://localhost:PORT/")]
    [TestCase("http://loopback.example:PORT/")]
    public async Task Allowed_name_of_an_address_that_is_not_public_is_refused(string url)
    {
        using var rig = Rig(publicOnly: true);

        var outcome = await rig.Runtime.InvokeAsync(
            Call($"exports.handleEvent = async () => (await fetch('{url.Replace("PORT", $"{_port}", StringComparison.Ordinal)}')).text();"),
            Api,
            CancellationToken.None);

        Assert.That(outcome.Error?.Message, Does.Contain("has no public address").Or.Contain("has no address"));
        Assert.That(_requests, Is.Empty);
    }

    [Test]
    public async Task Nobody_is_asked_unless_hosts_are_allowed()
    {
        var error = await ErrorAsync($"exports.handleEvent = () => fetch('http://localhost:{_port}/echo');");

        Assert.That(error.Message, Does.Contain("Functions:AllowedHosts"));
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
    public void Public_addresses_are_told_from_others(string address, bool isPublic) =>
        Assert.That(PublicAddresses.Contain(IPAddress.Parse(address)), Is.EqualTo(isPublic));

    private FunctionRig Rig(bool publicOnly = false) => FunctionRig.Build(options =>
    {
        options.AllowedHosts = [$"localhost:{_port}", $"loopback.example:{_port}", "nowhere.invalid"];
        options.FetchBytes = 100_000;
        if (!publicOnly)
        {
            options.MayConnectTo = IPAddress.IsLoopback;
        }
    });

    private async Task<string> FetchAsync(FunctionRig rig, string body)
    {
        var outcome = await rig.Runtime.InvokeAsync(Call($"exports.handleEvent = async () => {{ {body} }};"), Api, CancellationToken.None);
        Assert.That(outcome.Error, Is.Null);
        return outcome.Result.ToString();
    }

    private async Task AnswerAsync(HttpContext context)
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
            case "/much":
                await context.Response.Body.WriteAsync(new byte[200_000]);
                break;
            default:
                using (var body = new StreamReader(context.Request.Body))
                {
                    await context.Response.WriteAsync(
                        $"{context.Request.Method} {context.Request.Host} {context.Request.Headers["X-Mine"]} {await body.ReadToEndAsync()}");
                }

                break;
        }
    }
}
