using System.Net;
using System.Net.Http.Json;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Engagement;

/// <summary>Permissions of roles, and the order of refusals.</summary>
public sealed class PermissionTests : EngagementTest
{
    private const string Update = "/api/v1/permissions.update";
    private const string List = $"{Dashboard}/channels/list";
    private const string View = "view-engagement-dashboard";

    [SetUp]
    public void BeginWindow() => Clock.Advance(TimeSpan.FromHours(1));

    [Test]
    public async Task Granted_permissions_apply_to_the_next_request()
    {
        const string period = "start=2026-06-15T12:00:00.000Z&end=2026-06-15T12:00:00.000Z";
        var (admin, bob) = (Admin, NoAdmin);

        var response = await GrantAsync(admin, (View, ["user"]));
        Assert.That(
            response, Is.EqualTo("""{"permissions":[{"_id":"view-engagement-dashboard","roles":["user"]}],"success":true}"""));
        await GetAsync(bob, $"{List}?{period}");
        await ErrorOfAsync(admin, $"{List}?{period}", HttpStatusCode.Forbidden);

        await GrantAsync(admin, (View, []));
        await ErrorOfAsync(bob, $"{List}?{period}", HttpStatusCode.Forbidden);
        await ErrorOfAsync(admin, $"{List}?{period}", HttpStatusCode.Forbidden);

        await GrantAsync(admin, (View, ["admin", "user"]), ("delete-c", ["user"]));
        await GetAsync(bob, $"{List}?{period}");
        await GetAsync(admin, $"{List}?{period}");
        await GetAsync(LoginFor(SeededCommunity.Hillside, SeededCommunity.HillsideAlice), $"{List}?{period}");
    }

    [Test]
    public async Task Rate_limit_does_not_apply_to_roles_that_bypass_it()
    {
        var (admin, bob) = (Admin, NoAdmin);
        await GrantAsync(admin, ("api-bypass-rate-limit", ["user"]));
        for (var call = 0; call < 12; call++)
        {
            await GetAsync(bob, "/api/v1/me");
        }
    }

    [TestCase("{}", "Match error: Missing key 'permissions'")]
    [TestCase("""{"permissions":7}""", "Match error: Failed Match.Where validation in field permissions")]
    [TestCase("""{"permissions":[null]}""", "Match error: Missing key '_id' in field permissions[0]")]
    [TestCase("""{"permissions":[{"roles":[]}]}""", "Match error: Missing key '_id' in field permissions[0]")]
    [TestCase("""{"permissions":[{"_id":"delete-c"}]}""", "Match error: Missing key 'roles' in field permissions[0]")]
    [TestCase("""{"permissions":[{"_id":"x","roles":[]}]}""", "Match error: Failed Match.Where validation in field permissions[0]._id")]
    [TestCase("""{"permissions":[{"_id":"access-permissions","roles":["user"]}]}""",
        "Match error: Failed Match.Where validation in field permissions[0]._id", Description = "cannot be granted")]
    [TestCase("""{"permissions":[{"_id":"delete-c","roles":[null]}]}""",
        "Match error: Failed Match.Where validation in field permissions[0].roles")]
    [TestCase("""{"permissions":[{"_id":"delete-c","roles":["emperor"]}]}""", "Match error: Failed Match.Where validation in field roles")]
    [TestCase("""{"permissions":[{"_id":"delete-c","roles":["a\u0000"]}]}""",
        "Match error: Failed Match.Where validation in field permissions[0].roles[0]")]
    public async Task Invalid_field_is_named(string json, string error)
    {
        using var content = new StringContent(json, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        var response = await SendAsync(Admin, HttpMethod.Post, Update, content, HttpStatusCode.BadRequest);
        Assert.That((string)response["error"]!, Is.EqualTo(error));
        Assert.That((bool)response["success"]!, Is.False);
    }

    [Test]
    public async Task Errors_have_a_fixed_order()
    {
        var anonymous = await SendAsync(Anonymous(), HttpMethod.Post, Update, Wrong(), HttpStatusCode.Unauthorized);
        Assert.That((string)anonymous["message"]!, Is.EqualTo("You must be logged in to do this."));

        var bob = NoAdmin;
        for (var call = 0; call < 10; call++)
        {
            var weak = await SendAsync(bob, HttpMethod.Post, Update, Wrong(), HttpStatusCode.Forbidden);
            Assert.That(
                (string)weak["error"]!, Is.EqualTo("User does not have the permissions required for this action [error-unauthorized]"));
        }

        var often = await SendAsync(bob, HttpMethod.Post, Update, Wrong(), HttpStatusCode.TooManyRequests);
        Assert.That((string)often["error"]!, Does.EndWith("[error-too-many-requests]"), "before the permission and the parameters");
        bob.DefaultRequestHeaders.Remove("X-User-Id");
        await SendAsync(bob, HttpMethod.Post, Update, Wrong(), HttpStatusCode.Unauthorized);

        static JsonContent Wrong() => JsonContent.Create(new { permissions = 7 });
    }

    [TestCase("end=2026&start=2026&count=-1", "Failed Match.Where validation in field end")]
    [TestCase("count=-1&end=2026&start=2026", "Failed Match.Where validation in field count")]
    [TestCase("count=-1", "Failed Match.Where validation in field count", Description = "before start and end, which are missing")]
    [TestCase("timezone=Mars/Olympus&offset=-1&end=x", "Failed Match.Where validation in field timezone")]
    [TestCase("offset=0&start=x&start=y", "Failed Match.Where validation in field start")]
    [TestCase("start=2026-06-15T12:00:00.000Z&count=x", "Failed Match.Where validation in field count",
        Description = "before a missing end")]
    [TestCase("end=2026-06-15T12:00:00.000Z&count=5", "Missing key 'start'")]
    [TestCase("end=2026-06-14T12:00:00.000Z&start=2026-06-15T12:00:00.000Z&count=-0", "Failed Match.Where validation in field count",
        Description = "before start after end")]
    public async Task Parameters_are_checked_in_the_order_of_the_query(string query, string error) => Assert.That(
        await ErrorOfAsync(Admin, $"{List}?{query}", HttpStatusCode.BadRequest),
        Is.EqualTo($$"""{"success":false,"error":"Match error: {{error}}"}"""));

    private static async Task<string> GrantAsync(HttpClient client, params (string Id, string[] Roles)[] grants)
    {
        using var content = JsonContent.Create(new { permissions = grants.Select(grant => new { _id = grant.Id, roles = grant.Roles }) });
        return (await SendAsync(client, HttpMethod.Post, Update, content)).ToJsonString();
    }
}
