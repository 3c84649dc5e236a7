using System.Globalization;

namespace ChatPlatform.Benchmarks.Statistics;

/// <summary>A measured call, and a naive query that counts the same figure from the messages.</summary>
/// <param name="Naive">Null if there is no comparable query.</param>
internal sealed record Call(string Name, int TargetMilliseconds, string Address, string? Naive)
{
    private const string Dashboard = "/api/v1/engagement-dashboard";

    private static readonly string Ninety = $"start={Text(-89)}&end={Text(0)}";
    private static readonly string Seven = $"start={Text(-6)}&end={Text(0)}";
    private static readonly long ThirtyDaysAgo = new DateTimeOffset(Store.Now.AddDays(-30).AddSeconds(17)).ToUnixTimeSeconds();
    private static readonly long YearAgo = new DateTimeOffset(Store.Now.AddDays(-365).AddSeconds(17)).ToUnixTimeSeconds();

    public static readonly Call[] All =
    [
        new("channels/list, 90 days", 50, $"{Dashboard}/channels/list?{Ninety}",
            "SELECT channel_id, count(*) FROM messages "
            + "WHERE application_id = 1 AND broadcast AND created_time >= '2025-12-18Z' GROUP BY 1"),
        new("channels/list, 90 days, Kathmandu", 50, $"{Dashboard}/channels/list?{Ninety}&timezone=Asia/Kathmandu", null),
        new("hourly-data", 20, $"{Dashboard}/users/chat-busier/hourly-data?start={Text(0)}",
            "SELECT extract(hour FROM created_time)::int / 2, count(DISTINCT user_id) FROM messages "
            + "WHERE application_id = 1 AND broadcast AND created_time >= '2026-06-14 12:00Z' GROUP BY 1"),
        new("hourly-data, partial buckets", 20, $"{Dashboard}/users/chat-busier/hourly-data?start=2026-06-10T09:07:13.123Z", null),
        new("weekly-data", 20, $"{Dashboard}/users/chat-busier/weekly-data?start={Text(0)}",
            "SELECT created_time::date, count(DISTINCT user_id) FROM messages "
            + "WHERE application_id = 1 AND broadcast AND created_time >= '2026-06-08Z' GROUP BY 1"),
        new("weekly-data, Kathmandu", 20, $"{Dashboard}/users/chat-busier/weekly-data?start={Text(0)}&timezone=Asia/Kathmandu", null),
        new("origin, 90 days", 20, $"{Dashboard}/messages/origin?{Ninety}",
            "SELECT c.type, count(*) FROM messages m JOIN channels c ON c.application_id = 1 AND c.id = m.channel_id "
            + "WHERE m.application_id = 1 AND m.broadcast AND m.created_time >= '2026-03-18Z' GROUP BY 1"),
        new("top five, 90 days", 20, $"{Dashboard}/messages/top-five-popular-channels?{Ninety}",
            "SELECT channel_id, count(*) FROM messages WHERE application_id = 1 AND broadcast AND created_time >= '2026-03-18Z' "
            + "GROUP BY 1 ORDER BY 2 DESC LIMIT 5"),
        new("messages-sent, 90 days", 50, $"{Dashboard}/messages/messages-sent?{Ninety}", null),
        new("by time of the day, 7 days", 50, $"{Dashboard}/users/users-by-time-of-the-day-in-a-week?{Seven}", null),
        new("active-users, 7 days", 200, $"{Dashboard}/users/active-users?{Seven}", null),
        new("new-users, 90 days", 50, $"{Dashboard}/users/new-users?{Ninety}", null),
        new("/channels, all 10,000", 50, "/channels",
            "SELECT channel_id, count(*), count(*) FILTER (WHERE broadcast), count(DISTINCT user_id) FROM messages "
            + "WHERE application_id = 1 GROUP BY 1"),
        new("/chats, busiest channel, 1,000", 50, "/chats?channel_id=1&limit=1000",
            "SELECT user_id, count(*) FROM messages WHERE application_id = 1 AND channel_id = 1 GROUP BY 1"),
        new("/chats, the same, 30 days", 50, $"/chats?channel_id=1&limit=1000&ts_start={Number(ThirtyDaysAgo)}", null),
        new("/chats, the same, a year", 50, $"/chats?channel_id=1&limit=1000&ts_start={Number(YearAgo)}", null),
        new("/chats, 50 busiest channels", 1_000, "/chats?limit=50", null),
        new("/chats, 50 busiest channels, 30 days", 1_000, $"/chats?limit=50&ts_start={Number(ThirtyDaysAgo)}", null),
        new("/chat_aggregate, 1,000", 50, "/chat_aggregate?limit=1000",
            "SELECT user_id, count(*) FROM messages WHERE application_id = 1 GROUP BY 1"),
        new("/chat_aggregate, 1,000, 30 days", 50, $"/chat_aggregate?limit=1000&ts_start={Number(ThirtyDaysAgo)}", null),
        new("/chat_aggregate, 1,000, a year", 50, $"/chat_aggregate?limit=1000&ts_start={Number(YearAgo)}", null),
    ];

    private static string Text(int days) => Store.Now.AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
