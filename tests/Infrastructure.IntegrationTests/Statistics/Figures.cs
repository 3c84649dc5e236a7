using ChatPlatform.Application.Statistics;
using ChatPlatform.Domain.Common;
using MediatR;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

/// <summary>The figures of the server, in the format of <see cref="Recount"/>.</summary>
internal static class Figures
{
    public delegate Task<Result<T>> Send<T>(IRequest<Result<T>> request);

    public static async Task<string> TotalsAsync(Send<IAsyncEnumerable<ChannelTotalsView>> send) => await LinesAsync(
        await send(new ListChannelTotals()),
        c => $"{c.ChannelId} active={(c.Active ? "t" : "f")} received={c.Received} broadcast={c.Broadcast} "
            + $"users={c.Users} guests={c.Guests} now={c.ConcurrentUsers}/{c.ConcurrentGuests} "
            + $"blacklist={string.Join(',', c.BlacklistedUserIds)}");

    public static async Task<string> ChattersAsync(Send<IAsyncEnumerable<ChatterView>> send, ListChatters request) => await LinesAsync(
        await send(request), Line);

    public static async Task<string> UsersAsync(Send<IAsyncEnumerable<UserTotalsView>> send, ListUserTotals request) => await LinesAsync(
        await send(request), Line);

    public static async Task<string> ActivityAsync(Send<ChannelActivityPage> send, ListChannelActivity request) =>
        string.Join('\n', (await send(request)).Value.Channels.Select(c => $"{c.ChannelId} {c.Messages} {c.MessagesBefore}"));

    public static async Task<string> BusyHoursAsync(Send<IReadOnlyList<BusyHoursView>> send, GetBusyHours request) =>
        string.Join('\n', (await send(request)).Value.Select(h => $"{h.Hour} {h.Users}"));

    public static async Task<string> WeekAsync(Send<IReadOnlyList<ActiveDayView>> send, GetBusyWeek request) =>
        string.Join('\n', (await send(request)).Value.Select(d => $"{d.Date:yyyy-MM-dd} {d.Users}"));

    public static async Task<string> HoursAsync(Send<IReadOnlyList<ActiveHourView>> send, GetActiveHours request) =>
        string.Join('\n', (await send(request)).Value.Select(h => $"{h.Hour:yyyy-MM-dd HH} {h.Users}"));

    public static async Task<string> ActiveUsersAsync(Send<IAsyncEnumerable<ActiveUsersView>> send, ListActiveUsers request) =>
        await LinesAsync(await send(request), d => $"{d.Date:yyyy-MM-dd} {string.Join(',', d.UserIds.Select(id => $"{id,9}"))}");

    public static async Task<string> DaysAsync(Send<DailyCountsView> send, IRequest<Result<DailyCountsView>> request)
    {
        var view = (await send(request)).Value;
        return string.Join('\n', view.Days.Select(d => $"{d.Date:yyyy-MM-dd} {d.Count}"))
            + $"\nperiod {view.Period.Count} {view.Period.Variation}\nyesterday {view.Yesterday.Count} {view.Yesterday.Variation}";
    }

    public static async Task<string> OriginsAsync(Send<IReadOnlyList<MessageOriginView>> send, GetMessageOrigins request) =>
        string.Join('\n', (await send(request)).Value.Select(o => $"{(int)o.Type} {o.Messages}"));

    public static async Task<string> PopularAsync(Send<IReadOnlyList<PopularChannelView>> send, ListPopularChannels request) =>
        string.Join('\n', (await send(request)).Value.Select(c => $"{c.ChannelId} {c.Messages}"));

    public static string Line(ChatterView c) => $"{c.ChannelId} {c.UserId} in={c.InChannel} total={c.Total} period={c.InPeriod}";

    public static string Line(UserTotalsView u) => $"{u.UserId} total={u.Total} period={u.InPeriod}";

    private static async Task<string> LinesAsync<T>(Result<IAsyncEnumerable<T>> rows, Func<T, string> line)
    {
        var lines = new List<string>();
        await foreach (var row in rows.Value)
        {
            lines.Add(line(row));
        }

        return string.Join('\n', lines);
    }
}
