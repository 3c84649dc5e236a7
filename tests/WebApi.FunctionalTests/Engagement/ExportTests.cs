using System.Net;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Engagement;

public sealed class ExportTests : EngagementTest
{
    private const string Export = $"{Dashboard}/export";
    private const string Day = "start=2026-06-15T12:00:00.000Z&end=2026-06-15T12:00:00.000Z";

    [TestCase("channels/list",
        "_id,name,usernames,t,ts,_updatedAt,messages,lastWeekMessages,diffFromLastWeek|"
        + "1,lobby,,c,2026-06-15T12:00:00.000Z,2026-06-15T12:00:00.000Z,2,0,2|"
        + "2,staff,,p,2026-06-15T12:00:00.000Z,2026-06-15T12:00:00.000Z,0,0,0|"
        + "3,archive,,c,2026-06-15T12:00:00.000Z,2026-06-15T12:00:00.000Z,0,0,0|"
        + "4,,alice bob,d,2026-06-15T12:00:00.000Z,2026-06-15T12:00:00.000Z,0,0,0|")]
    [TestCase("users/chat-busier/hourly-data", "hour,users|22,0|20,0|18,0|16,0|14,0|12,0|10,2|8,0|6,0|4,0|2,0|0,0|")]
    [TestCase("users/chat-busier/weekly-data",
        "date,users|2026-06-15,2|2026-06-14,0|2026-06-13,0|2026-06-12,0|2026-06-11,0|2026-06-10,0|2026-06-09,0|2026-06-08,0|")]
    [TestCase("users/users-by-time-of-the-day-in-a-week", "date,hour,users|2026-06-15,11,2|")]
    [TestCase("users/active-users", "date,users,usersList|2026-06-15,2,1 2|")]
    [TestCase("users/new-users", "date,users|2026-06-15,6|")]
    [TestCase("messages/messages-sent", "date,messages|2026-06-15,2|")]
    [TestCase("messages/origin", "t,messages|c,2|p,0|d,0|")]
    [TestCase("messages/top-five-popular-channels", "_id,name,usernames,t,messages|1,lobby,,c,2|")]
    public async Task Every_report_exports_a_table(string report, string expected)
    {
        using var response = await Admin.GetAsync(new Uri($"{Export}?report={report}&format=csv&{Day}", UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/csv"));
        Assert.That(text.Replace("\r\n", "|", StringComparison.Ordinal), Is.EqualTo(expected));
    }

    [Test]
    public async Task Cells_are_quoted_if_necessary()
    {
        await using (var command = Database.DataSource.CreateCommand("UPDATE channels SET name = E'a \"b\",\nc' WHERE id = 1"))
        {
            await command.ExecuteNonQueryAsync();
        }

        using var response = await Admin.GetAsync(new Uri($"{Export}?report=messages/top-five-popular-channels&{Day}", UriKind.Relative));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("1,\"a \"\"b\"\",\nc\",,c,2\r\n"));
    }

    [Test]
    public async Task Names_are_no_formulas_and_a_fall_in_activity_stays_a_number()
    {
        await using (var command = Database.DataSource.CreateCommand("UPDATE channels SET name = '=1+1' WHERE id = 1"))
        {
            await command.ExecuteNonQueryAsync();
        }

        const string nextDay = "start=2026-06-16T12:00:00.000Z&end=2026-06-16T12:00:00.000Z";
        using var response = await Admin.GetAsync(new Uri($"{Export}?report=channels/list&{nextDay}", UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(text, Does.Contain("\n1,\"'=1+1\",").And.Contain(",0,2,-2\r\n"));
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/csv; charset=utf-8"));
    }

    [TestCase("", "Missing key 'report'")]
    [TestCase("?report=channels/list", "Missing key 'start'")]
    [TestCase($"?report=everything&{Day}", "Failed Match.Where validation in field report")]
    [TestCase($"?format=xls&report=channels/list&{Day}", "Failed Match.Where validation in field format")]
    public async Task Invalid_parameter_is_named(string query, string error) => Assert.That(
        await ErrorOfAsync(Admin, $"{Export}{query}", HttpStatusCode.BadRequest),
        Is.EqualTo($$"""{"success":false,"error":"Match error: {{error}}"}"""));

    [Test]
    public async Task Exports_need_the_same_permission() =>
        await ErrorOfAsync(NoAdmin, $"{Export}?report=channels/list&{Day}", HttpStatusCode.Forbidden);
}
