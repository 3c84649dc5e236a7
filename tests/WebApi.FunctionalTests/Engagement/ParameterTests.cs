using System.Globalization;
using System.Net;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Engagement;

/// <summary>Texts and order of refusals.</summary>
public sealed class ParameterTests : EngagementTest
{
    private const string List = $"{Dashboard}/channels/list";
    private const string Hourly = $"{Dashboard}/users/chat-busier/hourly-data";
    private const string Start = "start=2026-06-15T12:00:00.000Z";
    private const string End = "end=2026-06-15T12:00:00.000Z";

    [TestCase(List, "Missing key 'start'")]
    [TestCase($"{List}?{Start}", "Missing key 'end'")]
    [TestCase($"{List}?{End}", "Missing key 'start'")]
    [TestCase($"{List}?end=2026", "Failed Match.Where validation in field end")]
    [TestCase($"{List}?end=2026&start=2026", "Failed Match.Where validation in field end")]
    [TestCase($"{List}?start=2026&end=2026", "Failed Match.Where validation in field start")]
    [TestCase($"{List}?{Start}&{End}&{Start}", "Failed Match.Where validation in field start")]
    [TestCase($"{List}?start=2026-06-15T12:00:00Z&{End}", "Failed Match.Where validation in field start")]
    [TestCase($"{List}?start=2026-06-15T12:00:00.000%2B00:00&{End}", "Failed Match.Where validation in field start")]
    [TestCase($"{List}?start=2026-02-30T12:00:00.000Z&{End}", "Failed Match.Where validation in field start")]
    [TestCase($"{List}?start=2026-06-15T24:00:00.000Z&{End}", "Failed Match.Where validation in field start")]
    [TestCase($"{List}?start=2026-06-15t12:00:00.000z&{End}", "Failed Match.Where validation in field start")]
    [TestCase($"{List}?start=&{End}", "Failed Match.Where validation in field start")]
    [TestCase($"{List}?start=2026-06-16T12:00:00.000Z&{End}", "Failed Match.Where validation in field end")]
    [TestCase($"{List}?{Start}&{End}&count=-1", "Failed Match.Where validation in field count")]
    [TestCase($"{List}?{Start}&{End}&count=1.5", "Failed Match.Where validation in field count")]
    [TestCase($"{List}?{Start}&{End}&offset=x", "Failed Match.Where validation in field offset")]
    [TestCase($"{List}?offset=x&{Start}&{End}&count=-1", "Failed Match.Where validation in field offset")]
    [TestCase($"{List}?{Start}&{End}&timezone=Mars/Olympus", "Failed Match.Where validation in field timezone")]
    [TestCase($"{List}?{Start}&{End}&timezone=../../etc/passwd", "Failed Match.Where validation in field timezone")]
    [TestCase($"{List}?{Start}&{End}&timezone=right/UTC", "Failed Match.Where validation in field timezone")]
    [TestCase($"{List}?timezone=Mars/Olympus", "Failed Match.Where validation in field timezone")]
    [TestCase(Hourly, "Missing key 'start'")]
    [TestCase($"{Hourly}?start=2023-05-T00:00:00.000Z", "Failed Match.Where validation in field start")]
    public async Task First_invalid_parameter_is_named(string address, string error) => Assert.That(
        await ErrorOfAsync(Admin, address, HttpStatusCode.BadRequest),
        Is.EqualTo($$"""{"success":false,"error":"Match error: {{error}}"}"""));

    [TestCase($"{List}?{Start}&{End}&count=99999999999999999999&offset=0&colour=red")]
    [TestCase($"{Hourly}?{Start}&end=nonsense&count=-1")]
    public async Task Unknown_and_unused_parameters_are_ignored(string address) =>
        Assert.That((bool)(await GetAsync(Admin, address))["success"]!);

    [TestCase($"{List}?start=nonsense")]
    [TestCase(Hourly)]
    public async Task Permission_comes_before_parameters(string address) => Assert.That(
        await ErrorOfAsync(NoAdmin, address, HttpStatusCode.Forbidden),
        Is.EqualTo("""{"success":false,"error":"User does not have the permissions required for this action [error-unauthorized]"}"""));

    [TestCase(List)]
    [TestCase(Hourly)]
    [TestCase("/api/v1/me")]
    public async Task Anonymous_callers_must_log_in(string address) => Assert.That(
        await ErrorOfAsync(Anonymous(), address, HttpStatusCode.Unauthorized),
        Is.EqualTo("""{"status":"error","message":"You must be logged in to do this."}"""));

    [Test]
    public async Task Token_and_user_must_belong_together()
    {
        var client = Admin;
        client.DefaultRequestHeaders.Remove("X-User-Id");
        client.DefaultRequestHeaders.Add("X-User-Id", "2");
        await ErrorOfAsync(client, $"{Hourly}?{Start}", HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Tokens_expire()
    {
        var client = Admin;
        await GetAsync(client, "/api/v1/me");
        Clock.Advance(TimeSpan.FromDays(365));
        await ErrorOfAsync(client, "/api/v1/me", HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Rate_limit_is_checked_before_permission()
    {
        // A new window: the same server counts the calls of other tests.
        Clock.Advance(TimeSpan.FromHours(1));
        var client = NoAdmin;
        for (var call = 0; call < 10; call++)
        {
            await ErrorOfAsync(client, List, HttpStatusCode.Forbidden);
        }

        Assert.That(
            await ErrorOfAsync(client, List, HttpStatusCode.TooManyRequests),
            Is.EqualTo("{\"success\":false,\"error\":\"Error, too many requests. Please slow down. You must wait 60 seconds before trying "
                + "this endpoint again. [error-too-many-requests]\"}"));
        await ErrorOfAsync(client, Hourly, HttpStatusCode.Forbidden);
        using var response = await client.GetAsync(new Uri(List, UriKind.Relative));
        Assert.That(response.Headers.GetValues("X-RateLimit-Limit"), Is.EqualTo(new[] { "10" }));
        Assert.That(response.Headers.GetValues("X-RateLimit-Remaining"), Is.EqualTo(new[] { "0" }));
        var reset = new DateTimeOffset(Clock.Now).AddMinutes(1).ToUnixTimeMilliseconds();
        Assert.That(response.Headers.GetValues("X-RateLimit-Reset"), Is.EqualTo(new[] { reset.ToString(CultureInfo.InvariantCulture) }));
    }

    [Test]
    public async Task Admins_are_exempt_from_the_rate_limit()
    {
        var client = Admin;
        for (var call = 0; call < 12; call++)
        {
            await GetAsync(client, $"{Hourly}?{Start}");
        }
    }
}
