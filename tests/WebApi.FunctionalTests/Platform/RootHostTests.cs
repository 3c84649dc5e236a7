using System.Net;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Clients with a fixed host and without <c>/v1</c> reach the dialect under a host name of its own.</summary>
public sealed class RootHostTests : PlatformTest
{
    protected override void Configure(ServerFactory server) => server.Settings["Platform:RootHosts:0"] = "api.example.test";

    [TestCase("/users", "users")]
    [TestCase("/channels?size=1", "channels")]
    [TestCase("/v1/channels?size=1", "channels")]
    [TestCase("/applications/1/channels", "channels")]
    public async Task Dialect_answers_without_its_prefix(string path, string list) =>
        Assert.That(Ids(await GetAsync("http://api.example.test" + path), list), Is.Not.Empty);

    [TestCase("http://localhost/users", HttpStatusCode.NotFound)]
    [TestCase("http://other.example.test/users", HttpStatusCode.NotFound)]
    [TestCase("http://api.example.test/nothing", HttpStatusCode.NotFound)]
    [TestCase("http://api.example.test/health/ready", HttpStatusCode.OK)]
    public async Task Other_addresses_stay_as_they_are(string url, HttpStatusCode expected)
    {
        using var response = await Caller.GetAsync(new Uri(url));
        Assert.That(response.StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task Aggregate_dialect_keeps_its_address_under_other_hosts()
    {
        using var response = await Caller.GetAsync(new Uri("http://localhost/channels"));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Not.Contain("_links"));
    }
}
