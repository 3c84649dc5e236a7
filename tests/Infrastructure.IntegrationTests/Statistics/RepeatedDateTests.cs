using ChatPlatform.Application.Statistics;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.IntegrationTests.Jobs.Imports;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

/// <summary>Compares reports with a recount around changes of the clock, also back across midnight, so that a date begins twice.</summary>
public sealed class RepeatedDateTests : ImportTest
{
    private const long Riverside = 1;

    [TestCase("America/St_Johns", "America/St_Johns", "2006-10-29T02:31:00Z", false)]
    [TestCase("America/St_Johns", "America/St_Johns", "2006-10-29T02:31:00Z", true)]
    [TestCase("America/St_Johns", "America/St_Johns", "2010-11-07T02:31:00Z", true)]
    [TestCase("America/Moncton", "America/Moncton", "2000-10-29T03:01:00Z", true)]
    [TestCase("America/Goose_Bay", "America/Goose_Bay", "2005-10-30T03:01:00Z", true)]
    [TestCase("Antarctica/Casey", "Antarctica/Casey", "2010-03-04T15:00:00Z", true)]
    [TestCase("Pacific/Apia", "Pacific/Apia", "2011-12-30T10:00:00Z", true)]
    [TestCase("CET", "Europe/Brussels", "2024-07-10T22:00:00Z", true)]
    [TestCase("EET", "Europe/Athens", "2024-07-10T21:00:00Z", true)]
    public async Task Reports_count_by_the_date_that_the_clock_shows(string zone, string recounted, string change, bool isFolded)
    {
        var at = DateTime.Parse(change, null).ToUniversalTime();
        await ImportAroundAsync(at);
        if (isFolded)
        {
            await Services.GetRequiredService<StatisticsFold>().FoldAsync(CancellationToken.None);
        }

        for (var day = -2; day <= 2; day++)
        {
            foreach (var length in new[] { 0, 1, 3 })
            {
                var (from, to) = (at.Date.AddDays(day).AddHours(12), at.Date.AddDays(day + length).AddHours(12));
                await AssertAsync(zone, recounted, from, to);
            }
        }
    }

    private async Task ImportAroundAsync(DateTime at)
    {
        var minutes = Enumerable.Range(-60, 120).Select(n => n * 5.5).Concat(Enumerable.Range(-4, 9).Select(n => n * 24 * 60.0)).ToList();
        var users = minutes.Select((minute, i) => new { name = $"user-{i}", createdTime = at.AddMinutes(minute) });
        var messages = minutes.Select((minute, i) => new
        {
            type = "TEXT",
            channel = i % 3 == 0 ? "staff" : "lobby",
            user = i % 2 == 0 ? "alice" : "bob",
            body = "x",
            createdTime = at.AddMinutes(minute),
        });
        Assert.That((await ImportAsync(JobType.UserImport, [.. users])).Failed, Is.Zero);
        Assert.That((await ImportAsync(JobType.MessageImport, [.. messages])).Failed, Is.Zero);
    }

    private async Task AssertAsync(string zone, string recounted, DateTime from, DateTime to)
    {
        var days = new EngagementRecount(DataSource, Riverside, from, to, recounted, Clock.Now);
        await Assert.MultipleAsync(async () =>
        {
            await EqualAsync("sent", Figures.DaysAsync(Send, new GetMessagesSent(from, to, zone)), days.MessagesSentAsync());
            await EqualAsync("new", Figures.DaysAsync(Send, new GetNewUsers(from, to, zone)), days.NewUsersAsync());
            await EqualAsync("active", Figures.ActiveUsersAsync(Send, new ListActiveUsers(from, to, zone)), days.ActiveUsersAsync());
            await EqualAsync("hours", Figures.HoursAsync(Send, new GetActiveHours(from, to, zone)), days.HoursAsync());
            await EqualAsync("week", Figures.WeekAsync(Send, new GetBusyWeek(from, zone)), days.WeekAsync());
            await EqualAsync("origins", Figures.OriginsAsync(Send, new GetMessageOrigins(from, to, zone)), days.OriginsAsync());
            await EqualAsync("popular", Figures.PopularAsync(Send, new ListPopularChannels(from, to, zone)), days.PopularAsync());
            var activity = await new Recount(DataSource).ActivityAsync(Riverside, from, to, recounted);
            var channels = await Figures.ActivityAsync(Send, new ListChannelActivity(from, to, zone, Limit: 1000));
            Assert.That(channels.Split('\n'), Is.EquivalentTo(activity.Split('\n')), $"activity, {from:O} to {to:O}");
        });

        Task<Result<T>> Send<T>(IRequest<Result<T>> request) => SendAsync(SeededCommunity.Riverside, request);

        async Task EqualAsync(string report, Task<string> figures, Task<string> counted) =>
            Assert.That(await figures, Is.EqualTo(await counted), $"{report}, {from:O} to {to:O}");
    }
}
