using System.Net;
using ChatPlatform.Infrastructure.Statistics;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Engagement;

/// <summary>The shapes of the reports. Other tests compare the figures with recounts.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class ReportTests(bool folded) : EngagementTest
{
    private const string TwoDays = "start=2026-06-14T12:00:00.000Z&end=2026-06-15T12:00:00.000Z";

    [SetUp]
    public async Task FoldAsync()
    {
        if (folded)
        {
            await Server.Services.GetRequiredService<StatisticsFold>().FoldAsync(CancellationToken.None);
        }
    }

    [TestCase("users/chat-busier/weekly-data?start=2026-06-16T00:00:00.000Z",
        """
        {"month":[{"users":0,"day":16,"month":6,"year":2026},{"users":2,"day":15,"month":6,"year":2026},
          {"users":0,"day":14,"month":6,"year":2026},{"users":0,"day":13,"month":6,"year":2026},{"users":0,"day":12,"month":6,"year":2026},
          {"users":0,"day":11,"month":6,"year":2026},{"users":0,"day":10,"month":6,"year":2026},{"users":0,"day":9,"month":6,"year":2026}],
         "success":true}
        """)]
    [TestCase($"users/users-by-time-of-the-day-in-a-week?{TwoDays}",
        """{"week":[{"users":2,"hour":11,"day":15,"month":6,"year":2026}],"success":true}""")]
    [TestCase($"users/users-by-time-of-the-day-in-a-week?{TwoDays}&timezone=Asia/Kathmandu",
        """{"week":[{"users":2,"hour":17,"day":15,"month":6,"year":2026}],"success":true}""")]
    [TestCase($"users/active-users?{TwoDays}",
        """{"month":[{"day":15,"month":6,"year":2026,"usersList":["1","2"],"users":2}],"success":true}""")]
    [TestCase($"users/new-users?{TwoDays}",
        """
        {"days":[{"day":"2026-06-14T00:00:00.000Z","users":0},{"day":"2026-06-15T00:00:00.000Z","users":6}],
         "period":{"count":6,"variation":6},"yesterday":{"count":0,"variation":6},"success":true}
        """)]
    [TestCase("users/new-users?start=2026-06-17T00:00:00.000Z&end=2026-06-18T00:00:00.000Z",
        """
        {"days":[{"day":"2026-06-17T00:00:00.000Z","users":0},{"day":"2026-06-18T00:00:00.000Z","users":0}],
         "period":{"count":0,"variation":-6},"yesterday":{"count":0,"variation":0},"success":true}
        """)]
    [TestCase($"messages/messages-sent?{TwoDays}",
        """
        {"days":[{"day":"2026-06-14T00:00:00.000Z","messages":0},{"day":"2026-06-15T00:00:00.000Z","messages":2}],
         "period":{"count":2,"variation":2},"yesterday":{"count":0,"variation":2},"success":true}
        """)]
    [TestCase("messages/messages-sent?start=2026-06-16T00:00:00.000Z&end=2026-06-16T00:00:00.000Z",
        """
        {"days":[{"day":"2026-06-16T00:00:00.000Z","messages":0}],
         "period":{"count":0,"variation":-2},"yesterday":{"count":2,"variation":-2},"success":true}
        """)]
    [TestCase($"messages/origin?{TwoDays}",
        """{"origins":[{"messages":2,"t":"c"},{"messages":0,"t":"p"},{"messages":0,"t":"d"}],"success":true}""")]
    [TestCase($"messages/top-five-popular-channels?{TwoDays}",
        """{"channels":[{"messages":2,"t":"c","name":"lobby"}],"success":true}""")]
    public async Task Reports_have_their_shapes(string address, string expected) =>
        Assert.That((await GetAsync(Admin, $"{Dashboard}/{address}")).ToJsonString(), Is.EqualTo(Json.Parse(expected).ToJsonString()));

    [TestCase("users/new-users", "users", 6)]
    [TestCase("messages/messages-sent", "messages", 2)]
    public async Task Days_of_ten_years_are_listed(string report, string what, int expected)
    {
        var response = await GetAsync(
            Admin, $"{Dashboard}/{report}?start=2019-01-01T00:00:00.000Z&end=2028-12-31T23:59:59.999Z&timezone=America/St_Johns");
        var days = response["days"]!.AsArray();
        Assert.That(days, Has.Count.InRange(3_653, 3_655));
        Assert.That(days.Sum(day => (int)day![what]!), Is.EqualTo(expected));
        Assert.That((int)response["period"]!["count"]!, Is.EqualTo(expected));
    }

    [TestCase("users/chat-busier/weekly-data", "start")]
    [TestCase("users/users-by-time-of-the-day-in-a-week", "start")]
    [TestCase("users/active-users", "start")]
    [TestCase("users/new-users", "start")]
    [TestCase("messages/messages-sent", "start")]
    [TestCase("messages/origin", "start")]
    [TestCase("messages/top-five-popular-channels", "start")]
    public async Task Every_report_requires_start_and_permission(string report, string missing)
    {
        Assert.That(
            await ErrorOfAsync(Admin, $"{Dashboard}/{report}", HttpStatusCode.BadRequest),
            Is.EqualTo($$"""{"success":false,"error":"Match error: Missing key '{{missing}}'"}"""));
        await ErrorOfAsync(NoAdmin, $"{Dashboard}/{report}", HttpStatusCode.Forbidden);
        await ErrorOfAsync(Anonymous(), $"{Dashboard}/{report}", HttpStatusCode.Unauthorized);
    }
}
