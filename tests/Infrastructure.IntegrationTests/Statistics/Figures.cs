using ChatPlatform.Application.Statistics;
using ChatPlatform.Domain.Common;
using MediatR;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

/// <summary>The server's own figures, written like those of <see cref="Recount"/>.</summary>
internal static class Figures
{
    public delegate Task<Result<T>> Send<T>(IRequest<Result<T>> request);

    public static async Task<string> TotalsAsync(Send<IAsyncEnumerable<ChannelTotalsView>> send) => await LinesAsync(
        await send(new ListChannelTotals()),
        c => $"{c.ChannelId} active={(c.Active ? "t" : "f")} received={c.Received} broadcast={c.Broadcast} users={c.Users} guests={c.Guests} "
            + $"now={c.ConcurrentUsers}/{c.ConcurrentGuests} silenced={string.Join(',', c.BlacklistedUserIds)}");

    public static async Task<string> ChattersAsync(Send<IAsyncEnumerable<ChatterView>> send, ListChatters request) => await LinesAsync(
        await send(request), c => $"{c.ChannelId} {c.UserId} in={c.InChannel} total={c.Total} period={c.InPeriod}");

    public static async Task<string> UsersAsync(Send<IAsyncEnumerable<UserTotalsView>> send, ListUserTotals request) => await LinesAsync(
        await send(request), u => $"{u.UserId} total={u.Total} period={u.InPeriod}");

    public static async Task<string> ActivityAsync(Send<ChannelActivityPage> send, ListChannelActivity request) =>
        string.Join('\n', (await send(request)).Value.Channels.Select(c => $"{c.ChannelId} {c.Messages} {c.MessagesBefore}"));

    public static async Task<string> BusyHoursAsync(Send<IReadOnlyList<BusyHoursView>> send, GetBusyHours request) =>
        string.Join('\n', (await send(request)).Value.Select(h => $"{h.Hour} {h.Users}"));

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
