using System.Net;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Chat functions are not offered yet.</summary>
public sealed class FunctionsTests : PlatformTest
{
    [TestCase("GET", "/v1/runtimes/nodejs")]
    [TestCase("PUT", "/v1/runtimes/nodejs/dependencies")]
    [TestCase("PUT", "/v1/runtimes/nodejs/environment-variables")]
    [TestCase("PUT", "/v1/runtimes/nodejs/initialization-script")]
    [TestCase("GET", "/v1/runtimes/nodejs/functions")]
    [TestCase("POST", "/v1/runtimes/nodejs/functions")]
    [TestCase("GET", "/v1/functions/1")]
    [TestCase("GET", "/v1/functions/1/current-version")]
    [TestCase("GET", "/v1/functions/1/invocations")]
    [TestCase("GET", "/v1/functions/1/versions")]
    [TestCase("POST", "/v1/functions/1/versions")]
    [TestCase("GET", "/v1/function-versions/1")]
    [TestCase("GET", "/v1/applications/1/functions/1")]
    public async Task Whoever_may_ask_is_told_that_it_is_not_offered(string method, string path)
    {
        var body = method == "GET" ? null : "{}";
        var answer = await SendAsync(new HttpMethod(method), path, body, HttpStatusCode.NotImplemented);

        Assert.That(answer.AsObject().Select(member => member.Key), Is.EqualTo(["error", "message", "timestamp", "traceId"]));
        Assert.That((string)answer["error"]!, Is.EqualTo("NotImplementedError"));
        await SendAsync(new HttpMethod(method), path, body, HttpStatusCode.Unauthorized, client: Anonymous());
        await SendAsync(new HttpMethod(method), path, body, HttpStatusCode.Forbidden, client: ClientFor(Riverside, "read:user"));
    }

    [Test]
    public Task Addresses_of_others_are_not_there() => GetAsync("/v1/applications/2/functions/1", HttpStatusCode.NotFound);
}
