using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Hosting;

internal sealed class ServerPagesTests : ServerTest
{
    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    public async Task Health_needs_no_token(string path)
    {
        using var response = await Anonymous().GetAsync(new Uri(path, UriKind.Relative));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["status"]!, Is.EqualTo("healthy"));
    }

    [Test]
    public async Task OpenAPI_describes_every_route()
    {
        var described = new List<string>();
        var routes = TableRoute.ReadAll(Server.Services);
        foreach (var dialect in routes.Select(route => route.Dialect).Distinct())
        {
            var document = (await Anonymous().GetFromJsonAsync<JsonObject>(new Uri($"/openapi/{dialect}.json", UriKind.Relative)))!;
            described.AddRange(
                from path in document["paths"]!.AsObject()
                from operation in path.Value!.AsObject()
                select $"{operation.Key.ToUpperInvariant()} {path.Key}");
        }

        Assert.That(described, Is.SupersetOf(
            routes.Where(route => !route.Template.Contains("{applicationId}")).Select(route => route.Name).Distinct()));
    }

    [Test]
    public async Task Calls_beyond_the_limit_get_a_retry_time()
    {
        await using var server = new ServerFactory(Database, Clock) { Settings = { ["RateLimits:platform:Permits"] = "2" } };
        using var client = server.ClientFor(SeededCommunity.Riverside);
        using var other = server.ClientFor(SeededCommunity.Hillside);
        Clock.Now = SeededCommunity.Now.AddSeconds(10);

        var remaining = new List<string>();
        for (var call = 0; call < 2; call++)
        {
            using var allowed = await GetAsync(client);
            Assert.That(allowed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            remaining.Add(allowed.Headers.GetValues("RateLimit-Remaining").Single());
        }

        using var refused = await GetAsync(client);
        Assert.That(remaining, Is.EqualTo(new[] { "1", "0" }));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(50)));
        Assert.That((await GetAsync(other)).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        Clock.Now = SeededCommunity.Now.AddSeconds(60);
        using var again = await GetAsync(client);
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK), "a new window");
        Assert.That(again.Headers.GetValues("RateLimit-Limit").Single(), Is.EqualTo(2.ToString(CultureInfo.InvariantCulture)));
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client) => client.GetAsync(new Uri("/v1/application", UriKind.Relative));
}
