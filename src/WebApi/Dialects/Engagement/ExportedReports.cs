using System.Globalization;
using ChatPlatform.Application.Statistics;
using ChatPlatform.WebApi.Hosting;

namespace ChatPlatform.WebApi.Dialects.Engagement;

/// <summary>Reports as tables, named by their paths below the dashboard (docs/contracts/engagement.md#csv-export).</summary>
internal static class ExportedReports
{
    public const string RoomList = "channels/list";
    public const string HourlyData = "users/chat-busier/hourly-data";
    public const string WeeklyData = "users/chat-busier/weekly-data";
    public const string ByTimeOfTheDay = "users/users-by-time-of-the-day-in-a-week";
    public const string ActiveUsers = "users/active-users";
    public const string NewUsers = "users/new-users";
    public const string MessagesSent = "messages/messages-sent";
    public const string Origin = "messages/origin";
    public const string TopFive = "messages/top-five-popular-channels";

    private static readonly string[] Day = ["report", "format", "start", "timezone"];
    private static readonly string[] Period = ["report", "format", "start", "end", "timezone"];

    /// <summary>The parameters of a report's export; null for an unknown report.</summary>
    public static string[]? ParametersOf(string? report) => report switch
    {
        RoomList => [.. Period, "hideRoomsWithNoActivity"],
        HourlyData or WeeklyData => Day,
        ByTimeOfTheDay or ActiveUsers or NewUsers or MessagesSent or Origin or TopFive => Period,
        _ => null,
    };

    public static CsvResult Rooms(IAsyncEnumerable<ChannelActivityView> rooms) => new(
        ["_id", "name", "usernames", "t", "ts", "_updatedAt", "messages", "lastWeekMessages", "diffFromLastWeek"],
        rooms.Select(room => RoomActivityPayload.From(room)).Select(row => (IReadOnlyList<object?>)
        [
            row.Room.Id, row.Room.Name, Join(row.Room.Usernames), row.Room.Type, Text(row.Room.CreatedTime), Text(row.Room.UpdatedTime),
            row.Messages, row.LastWeekMessages, row.DiffFromLastWeek,
        ]));

    public static CsvResult Hours(IReadOnlyList<BusyHoursView> hours) => Table(["hour", "users"], hours, h => [h.Hour, h.Users]);

    public static CsvResult Week(IReadOnlyList<ActiveDayView> days) => Table(["date", "users"], days, d => [Text(d.Date), d.Users]);

    public static CsvResult ActiveHours(IReadOnlyList<ActiveHourView> hours) => Table(
        ["date", "hour", "users"], hours, h => [Text(DateOnly.FromDateTime(h.Hour)), h.Hour.Hour, h.Users]);

    public static CsvResult Active(IAsyncEnumerable<ActiveUsersView> days) => new(
        ["date", "users", "usersList"],
        days.Select(day => (IReadOnlyList<object?>)[Text(day.Date), day.UserIds.Count, string.Join(' ', day.UserIds)]));

    public static CsvResult Days(DailyCountsView counts, string what) => Table(["date", what], counts.Days, d => [Text(d.Date), d.Count]);

    public static CsvResult Origins(IReadOnlyList<MessageOriginView> origins) =>
        Table(["t", "messages"], origins, o => [RoomTypes.LetterOf(o.Type), o.Messages]);

    public static CsvResult Popular(IReadOnlyList<PopularChannelView> rooms) => Table(
        ["_id", "name", "usernames", "t", "messages"],
        rooms,
        r => [r.ChannelId, r.Name, Join(r.UserNames), RoomTypes.LetterOf(r.Type), r.Messages]);

    private static CsvResult Table<T>(string[] header, IEnumerable<T> rows, Func<T, IReadOnlyList<object?>> row) =>
        new(header, rows.Select(row).ToAsyncEnumerable());

    private static string? Join(IReadOnlyList<string>? names) => names is null ? null : string.Join(' ', names);

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(DateTime time) => time.ToString(MillisecondTimeConverter.Format, CultureInfo.InvariantCulture);
}
