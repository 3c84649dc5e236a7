using System.Net;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Aggregate;

public sealed class RateLimitTests : ServerTest
{
    protected override void Configure(ServerFactory server) => server.Settings["RateLimits:aggregate:Permits"] = "3";

    [Test]
    public async Task Too_many_calls_are_refused_in_the_same_envelope()
    {
        var caller = DeveloperFor(SeededCommunity.Riverside);
        for (var call = 0; call < 3; call++)
        {
            using var allowed = await caller.GetAsync(new Uri("/channels", UriKind.Relative));
            Assert.That(allowed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        using var refused = await caller.GetAsync(new Uri("/channels?colour=red", UriKind.Relative));

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests), "before the parameters are checked");
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(
            (string)Json.Parse(await refused.Content.ReadAsStringAsync())["error"]!["code"]!, Is.EqualTo("too_many_requests"));
        using var other = await DeveloperFor(SeededCommunity.Hillside).GetAsync(new Uri("/channels", UriKind.Relative));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK), "each caller has its own limit");
    }
}
