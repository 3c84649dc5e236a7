using System.Net;
using System.Net.Http.Json;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Engagement;

public sealed class LoginTests : EngagementTest
{
    private static readonly Uri Login = new("/api/v1/login", UriKind.Relative);

    private static IEnumerable<HttpContent> Ways()
    {
        yield return JsonContent.Create(new { user = "alice", password = "alice-password" });
        yield return JsonContent.Create(new { username = "alice", password = "alice-password" });
        yield return JsonContent.Create(new { user = new { username = "alice" }, password = "alice-password" });
        yield return JsonContent.Create(new { user = new { email = "alice@riverside.example" }, password = "alice-password" });
        yield return JsonContent.Create(new { email = "alice@riverside.example", password = "alice-password" });
        yield return new FormUrlEncodedContent(new Dictionary<string, string> { ["user"] = "alice", ["password"] = "alice-password" });
    }

    [Test]
    public async Task A_name_and_a_password_give_a_token_that_works([Range(0, 5)] int way)
    {
        var response = await SendAsync(Anonymous(), HttpMethod.Post, Login.ToString(), Ways().ElementAt(way));
        Assert.That((string)response["status"]!, Is.EqualTo("success"));
        var data = response["data"]!;
        Assert.That((string)data["userId"]!, Is.EqualTo("1"));
        Assert.That((string)data["me"]!["username"]!, Is.EqualTo("alice"));
        Assert.That((string)data["me"]!["roles"]![0]!, Is.EqualTo("admin"));

        var client = Anonymous();
        client.DefaultRequestHeaders.Add("X-Auth-Token", (string)data["authToken"]!);
        client.DefaultRequestHeaders.Add("X-User-Id", "1");
        var me = await GetAsync(client, "/api/v1/me");
        Assert.That(((string)me["_id"]!, (string)me["name"]!, (bool)me["success"]!), Is.EqualTo(("1", "Alice Archer", true)));
        Assert.That((string)me["emails"]![0]!["address"]!, Is.EqualTo("alice@riverside.example"));

        var resumed = await SendAsync(
            Anonymous(), HttpMethod.Post, Login.ToString(), JsonContent.Create(new { resume = (string)data["authToken"]! }));
        Assert.That((string)resumed["data"]!["authToken"]!, Is.EqualTo((string)data["authToken"]!));

        var left = await SendAsync(client, way % 2 == 0 ? HttpMethod.Post : HttpMethod.Get, "/api/v1/logout");
        Assert.That(left.ToJsonString(), Is.EqualTo("""{"status":"success","data":{"message":"You\u0027ve been logged out!"}}"""));
        await ErrorOfAsync(client, "/api/v1/me", HttpStatusCode.Unauthorized);
    }

    [TestCase("alice", "wrong")]
    [TestCase("nobody", "wrong")]
    [TestCase("carol", "no account")]
    public async Task Wrong_name_and_wrong_password_give_the_same_error(string user, string password)
    {
        using var response = await Anonymous().PostAsJsonAsync(Login, new { user, password });
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Is.EqualTo("""{"status":"error","error":"Unauthorized","message":"Unauthorized"}"""));
    }

    [Test]
    public async Task Ten_wrong_passwords_block_for_five_minutes()
    {
        var client = Anonymous();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var refused = await client.PostAsJsonAsync(Login, new { user = "bob", password = "wrong" });
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        }

        using var blocked = await client.PostAsJsonAsync(Login, new { user = "bob", password = "bob-password" });
        Assert.That(blocked.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Clock.Advance(TimeSpan.FromMinutes(5));
        using var allowed = await client.PostAsJsonAsync(Login, new { user = "bob", password = "bob-password" });
        Assert.That(allowed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Parallel_attempts_are_limited_to_ten()
    {
        var client = Anonymous();
        var wrong = Enumerable.Range(0, 30).Select(i => client.PostAsJsonAsync(Login, new { user = "bob", password = $"guess {i}" }));

        var responses = await Task.WhenAll(wrong);

        Assert.That(responses.Select(response => response.StatusCode), Has.Exactly(10).EqualTo(HttpStatusCode.Unauthorized)
            .And.Exactly(20).EqualTo(HttpStatusCode.TooManyRequests));
        using var other = await client.PostAsJsonAsync(Login, new { user = "alice", password = "alice-password" });
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK), "other users are not blocked");
        foreach (var response in responses)
        {
            response.Dispose();
        }
    }

    [Test]
    public async Task Blocked_login_says_how_long_to_wait()
    {
        var client = Anonymous();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var refused = await client.PostAsJsonAsync(Login, new { user = "bob", password = "wrong" });
        }

        Clock.Advance(TimeSpan.FromMinutes(1));
        using var blocked = await client.PostAsJsonAsync(Login, new { user = "bob", password = "bob-password" });

        Assert.That(blocked.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromMinutes(4)));
        Assert.That(await blocked.Content.ReadAsStringAsync(), Is.EqualTo(
            "{\"success\":false,\"error\":\"Error, too many requests. Please slow down. You must wait 240 seconds before trying "
            + "this endpoint again. [error-too-many-requests]\"}"));
    }

    [Test]
    public async Task Successful_login_resets_the_count_of_failures()
    {
        var client = Anonymous();
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var response = await client.PostAsJsonAsync(
                Login, new { user = "bob", password = attempt % 10 == 9 ? "bob-password" : "wrong" });
            Assert.That(response.StatusCode, Is.EqualTo(attempt % 10 == 9 ? HttpStatusCode.OK : HttpStatusCode.Unauthorized));
        }
    }

    [TestCase("{}", HttpStatusCode.BadRequest)]
    [TestCase("""{"user":"alice"}""", HttpStatusCode.BadRequest)]
    [TestCase("""{"user":7,"password":"x"}""", HttpStatusCode.BadRequest)]
    [TestCase("""{"user":"a\u0000","password":"x"}""", HttpStatusCode.BadRequest)]
    [TestCase("""{"user":"\ud800","password":"x"}""", HttpStatusCode.BadRequest)]
    [TestCase("[1]", HttpStatusCode.BadRequest)]
    [TestCase("{", HttpStatusCode.BadRequest)]
    public async Task Malformed_logins_are_refused(string body, HttpStatusCode status)
    {
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        var response = await SendAsync(Anonymous(), HttpMethod.Post, Login.ToString(), content, status);
        Assert.That((bool)response["success"]!, Is.False);
    }

    [Test]
    public async Task Other_media_types_are_not_read()
    {
        using var content = new StringContent("user=alice");
        await SendAsync(Anonymous(), HttpMethod.Post, Login.ToString(), content, HttpStatusCode.UnsupportedMediaType);
    }
}
