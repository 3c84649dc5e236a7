using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Statistics;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

/// <summary>After every step of a random history every figure equals a recount of the rows.</summary>
public sealed class RandomHistoryTests : DatabaseTest
{
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"];

    [Test]
    public async Task Every_figure_equals_a_recount([Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        var communities = new[] { SeededCommunity.Riverside, SeededCommunity.Hillside }
            .Select(application => new Community(
                Database, application, random, Clock, r => SendAsync(application, r), r => SendAsync(application, r))).ToArray();
        for (var step = 0; step < 60; step++)
        {
            var community = communities[random.Next(communities.Length)];
            var happened = await community.LiveAsync();
            happened += await TendAsync(random);
            Clock.Advance(TimeSpan.FromMinutes(random.Next(0, 12 * 60)));

            await CheckAsync(community.Application, random, $"seed {seed}, step {step}: {happened}");
            Assert.That(await VerifyAsync(), Is.Empty, $"seed {seed}, step {step}: {happened}");
        }
    }

    /// <summary>What the server does beside, now and then.</summary>
    private async Task<string> TendAsync(Random random)
    {
        switch (random.Next(8))
        {
            case 0 or 1:
                await Services.GetRequiredService<StatisticsFold>().FoldAsync(CancellationToken.None);
                return ", folded";
            case 2:
                await Services.GetRequiredService<StatisticsFold>().FoldSessionsAsync(CancellationToken.None);
                return ", sessions folded";
            case 3:
                await Services.GetRequiredService<RollupGrowth>().GrowAsync(CancellationToken.None);
                return ", grown";
            case 4 when random.Next(4) == 0:
                await Services.GetRequiredService<StatisticsRebuild>().RebuildAsync(null, CancellationToken.None).LastAsync();
                return ", rebuilt";
            default:
                return "";
        }
    }

    private async Task CheckAsync(SeededApplication application, Random random, string what)
    {
        var recount = new Recount(DataSource);
        var zone = Zones[random.Next(Zones.Length)];
        var from = Clock.Now.AddMinutes(-random.Next(1, 45 * 24 * 60));
        var to = from.AddMinutes(random.Next(0, random.Next(2) == 0 ? 3 * 24 * 60 : 40 * 24 * 60));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(
                await Figures.TotalsAsync(r => SendAsync(application, r)),
                Is.EqualTo(await recount.TotalsAsync(application.Id)), $"{what}: totals");
            Assert.That(
                await Figures.ChattersAsync(r => SendAsync(application, r), new ListChatters(null, new Period(from, to))),
                Is.EqualTo(await recount.ChattersAsync(application.Id, from, to)), $"{what}: chatters {from:O} {to:O}");
            Assert.That(
                await Figures.UsersAsync(r => SendAsync(application, r), new ListUserTotals(new Period(from, to))),
                Is.EqualTo(await recount.UsersAsync(application.Id, from, to)), $"{what}: users {from:O} {to:O}");
            Assert.That(
                await ChattersByPageAsync(application, new Period(from, to), random.Next(1, 4)),
                Is.EqualTo((await recount.ChattersAsync(application.Id, from, to)).Split('\n').Where(line => !line.Contains("  in="))),
                $"{what}: chatters by page {from:O} {to:O}");
            Assert.That(
                await UsersByPageAsync(application, new Period(from, to), random.Next(1, 4)),
                Is.EqualTo(await recount.UsersAsync(application.Id, from, to)), $"{what}: users by page {from:O} {to:O}");
            Assert.That(
                Sorted(await Figures.ActivityAsync(r => SendAsync(application, r), new ListChannelActivity(from, to, zone, Limit: 1000))),
                Is.EqualTo(Sorted(await recount.ActivityAsync(application.Id, from, to, zone))), $"{what}: activity {from:O} {to:O} {zone}");
            Assert.That(
                await Figures.BusyHoursAsync(r => SendAsync(application, r), new GetBusyHours(to, zone)),
                Is.EqualTo(await recount.BusyHoursAsync(application.Id, to, zone, Clock.Now)), $"{what}: busy hours {to:O} {zone}");
            var dashboard = new EngagementRecount(DataSource, application.Id, from, to, zone, Clock.Now);
            var shown = $"{from:O} {to:O} {zone}";
            Assert.That(
                await Figures.WeekAsync(r => SendAsync(application, r), new GetBusyWeek(from, zone)),
                Is.EqualTo(await dashboard.WeekAsync()), $"{what}: week {shown}");
            Assert.That(
                await Figures.HoursAsync(r => SendAsync(application, r), new GetActiveHours(from, to, zone)),
                Is.EqualTo(await dashboard.HoursAsync()), $"{what}: hours {shown}");
            Assert.That(
                await Figures.ActiveUsersAsync(r => SendAsync(application, r), new ListActiveUsers(from, to, zone)),
                Is.EqualTo(await dashboard.ActiveUsersAsync()), $"{what}: active users {shown}");
            Assert.That(
                await Figures.DaysAsync(r => SendAsync(application, r), new GetMessagesSent(from, to, zone)),
                Is.EqualTo(await dashboard.MessagesSentAsync()), $"{what}: messages sent {shown}");
            Assert.That(
                await Figures.DaysAsync(r => SendAsync(application, r), new GetNewUsers(from, to, zone)),
                Is.EqualTo(await dashboard.NewUsersAsync()), $"{what}: new users {shown}");
            Assert.That(
                await Figures.OriginsAsync(r => SendAsync(application, r), new GetMessageOrigins(from, to, zone)),
                Is.EqualTo(await dashboard.OriginsAsync()), $"{what}: origins {shown}");
            Assert.That(
                await Figures.PopularAsync(r => SendAsync(application, r), new ListPopularChannels(from, to, zone)),
                Is.EqualTo(await dashboard.PopularAsync()), $"{what}: popular {shown}");
        });
    }

    private async Task<List<string>> ChattersByPageAsync(SeededApplication application, Period period, int limit)
    {
        var lines = new List<string>();
        foreach (var channel in await (await SendAsync(application, new ListChannelTotals())).Value.ToListAsync())
        {
            for (long after = 0; ;)
            {
                var page = await (await SendAsync(application, new ListChatters(channel.ChannelId, period, after, limit))).Value.ToListAsync();
                if (page.Count == 0)
                {
                    break;
                }

                lines.AddRange(page.Select(Figures.Line));
                after = page[^1].UserId!.Value;
            }
        }

        return lines;
    }

    private async Task<string> UsersByPageAsync(SeededApplication application, Period period, int limit)
    {
        var lines = new List<string>();
        for (long after = 0; ;)
        {
            var page = await (await SendAsync(application, new ListUserTotals(period, after, limit))).Value.ToListAsync();
            if (page.Count == 0)
            {
                return string.Join('\n', lines);
            }

            lines.AddRange(page.Select(Figures.Line));
            after = page[^1].UserId;
        }
    }

    private async Task<List<string>> VerifyAsync()
    {
        var differences = new List<string>();
        await foreach (var difference in Services.GetRequiredService<StatisticsVerifier>().VerifyAsync(null, CancellationToken.None))
        {
            differences.Add(difference.ToString());
        }

        return differences;
    }

    private static string Sorted(string lines) => string.Join('\n', lines.Split('\n').Order(StringComparer.Ordinal));

    private sealed class Community(
        TestDatabase database,
        SeededApplication application,
        Random random,
        TestClock clock,
        Figures.Send<Done> delete,
        Figures.Send<ThreadView> removeMessage)
    {
        private readonly History _history = new(database, application.Id);
        private readonly List<long> _users = [];
        private readonly List<long> _channels =
            [.. application == SeededCommunity.Riverside ? [SeededCommunity.AliceAndBob.Id] : Array.Empty<long>()];
        private readonly List<(long Channel, long Message)> _messages = [];

        public SeededApplication Application => application;

        public async Task<string> LiveAsync()
        {
            if (_users.Count < 3)
            {
                _users.Add(await _history.AddUserAsync(random.Next(3) == 0, clock.Now));
                return "user";
            }

            if (_channels.Count < 2)
            {
                _channels.Add(await _history.AddChannelAsync((ChannelType)random.Next(2), clock.Now));
                return "channel";
            }

            var (channel, user, broadcast) = (Pick(_channels), Pick(_users), random.Next(4) > 0);
            switch (random.Next(16))
            {
                case 0:
                    _users.Add(await _history.AddUserAsync(random.Next(2) == 0, SomeTime()));
                    return "user";
                case 1:
                    _channels.Add(await _history.AddChannelAsync((ChannelType)random.Next(2), clock.Now));
                    return "channel";
                case 2:
                    await _history.JoinAsync(channel, user, clock.Now);
                    return $"join {channel} {user}";
                case 3:
                    await _history.LeaveAsync(channel, user);
                    return $"leave {channel} {user}";
                case 4:
                    await _history.UpgradeAsync(user, random.Next(2) == 0);
                    return $"upgrade {user}";
                case 5 when _users.Count > 3:
                    var erase = random.Next(2) == 0;
                    await delete(new DeleteUser(user, erase));
                    _users.Remove(user);
                    return $"user {user} deleted, messages too: {erase}";
                case 6 when _channels.Count > 2:
                    await delete(new DeleteChannel(channel));
                    _channels.Remove(channel);
                    _messages.RemoveAll(m => m.Channel == channel);
                    return $"channel {channel} deleted";
                case 7 or 8 when _messages.Count > 0:
                    var message = _messages[random.Next(_messages.Count)];
                    _messages.Remove(message);
                    await removeMessage(new DeleteMessage(message.Message));
                    return $"message {message} deleted";
                case 9 or 10:
                    var begin = Minute(SomeTime(days: 6));
                    await _history.AddSessionAsync(channel, user, begin, random.Next(3) == 0 ? null : begin.AddMinutes(random.Next(200)));
                    return $"session {channel} {user} {begin:O}";
                case 11:
                    var slot = SomeTime();
                    slot = slot.AddTicks(-(slot.Ticks % TimeSpan.FromMinutes(15).Ticks));
                    await _history.ImportAsync(channel, user, slot, random.Next(1, 30), broadcast);
                    return $"import {channel} {user} {slot:O}";
                default:
                    var at = SomeTime();
                    _messages.Add((channel, await _history.SendAsync(channel, user, at, broadcast)));
                    return $"message {_messages[^1]} {user} {at:O} {broadcast}";
            }
        }

        private T Pick<T>(List<T> list) => list[random.Next(list.Count)];

        private static DateTime Minute(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));

        private DateTime SomeTime(int days = 40) =>
            clock.Now.AddMinutes(-random.Next(1, (random.Next(2) == 0 ? 1 : days) * 24 * 60)).AddMilliseconds(random.Next(60_000));
    }
}
