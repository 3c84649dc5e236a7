using Npgsql;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

/// <summary>Figures counted with plain SQL from the messages, members and sessions.</summary>
internal sealed class Recount(NpgsqlDataSource database)
{
    private const string Totals =
        """
        SELECT format('%s active=%s received=%s broadcast=%s users=%s guests=%s now=%s/%s blacklist=%s', c.id, c.active,
          (SELECT count(*) FROM messages m WHERE m.application_id = c.application_id AND m.channel_id = c.id AND m.user_id IS NOT NULL),
          (SELECT count(*) FROM messages m
           WHERE m.application_id = c.application_id AND m.channel_id = c.id AND m.user_id IS NOT NULL AND m.broadcast),
          (SELECT count(*) FROM contributors p WHERE p.channel_id = c.id AND NOT p.is_guest),
          (SELECT count(*) FROM contributors p WHERE p.channel_id = c.id AND p.is_guest),
          (SELECT count(DISTINCT s.user_id) FROM chat_sessions s
           JOIN users u ON u.application_id = $1 AND u.id = s.user_id AND NOT u.is_guest
           WHERE s.application_id = $1 AND s.channel_id = c.id AND s.end_time IS NULL),
          (SELECT count(DISTINCT s.user_id) FROM chat_sessions s JOIN users u ON u.application_id = $1 AND u.id = s.user_id AND u.is_guest
           WHERE s.application_id = $1 AND s.channel_id = c.id AND s.end_time IS NULL),
          (SELECT string_agg(b.user_id::text, ',' ORDER BY b.user_id) FROM channel_blacklist b
           WHERE b.application_id = $1 AND b.channel_id = c.id))
        FROM channels c WHERE c.application_id = $1 ORDER BY c.id
        """;

    private const string Contributors =
        """
        WITH contributors AS (
          SELECT x.channel_id, x.user_id, u.is_guest
          FROM (
            SELECT channel_id, user_id FROM channel_members WHERE application_id = $1
            UNION
            SELECT channel_id, user_id FROM messages WHERE application_id = $1 AND user_id IS NOT NULL
          ) x
          JOIN users u ON u.application_id = $1 AND u.id = x.user_id
        )

        """;

    private const string Chatters =
        """
        WITH sent AS (
          SELECT channel_id, user_id, count(*) AS n, count(*) FILTER (WHERE created_time >= $2 AND created_time < $3) AS in_period
          FROM messages WHERE application_id = $1 AND user_id IS NOT NULL GROUP BY channel_id, user_id
        ), present AS (
          SELECT DISTINCT channel_id, user_id FROM chat_sessions
          WHERE application_id = $1 AND created_time < $3 AND (coalesce(end_time, 'infinity') > $2 OR created_time >= $2)
        )
        SELECT format('%s %s in=%s total=%s period=%s', c.id, x.user_id, coalesce(x.n, 0),
          (SELECT count(*) FROM messages m WHERE m.application_id = $1 AND m.user_id = x.user_id),
          CASE WHEN x.in_period > 0 OR x.present THEN coalesce(x.in_period, 0) END)
        FROM channels c
        LEFT JOIN (
          SELECT channel_id, user_id, n, in_period, t.user_id IS NOT NULL AS present
          FROM sent FULL JOIN present t USING (channel_id, user_id)
        ) x ON x.channel_id = c.id
        WHERE c.application_id = $1 ORDER BY c.id, x.user_id
        """;

    private const string Users =
        """
        SELECT format('%s total=%s period=%s', u.id, count(m.id), count(m.id) FILTER (WHERE m.created_time >= $2 AND m.created_time < $3))
        FROM users u LEFT JOIN messages m ON m.application_id = $1 AND m.user_id = u.id
        WHERE u.application_id = $1 GROUP BY u.id, u.deleted_time HAVING u.deleted_time IS NULL OR count(m.id) > 0 ORDER BY u.id
        """;

    private const string Activity =
        """
        SELECT format('%s %s %s', c.id,
          (SELECT count(*) FROM messages m WHERE m.application_id = $1 AND m.channel_id = c.id AND m.user_id IS NOT NULL AND m.broadcast
             AND (m.created_time AT TIME ZONE $4)::date
               BETWEEN ($2::timestamptz AT TIME ZONE $4)::date AND ($3::timestamptz AT TIME ZONE $4)::date),
          (SELECT count(*) FROM messages m WHERE m.application_id = $1 AND m.channel_id = c.id AND m.user_id IS NOT NULL AND m.broadcast
             AND (m.created_time AT TIME ZONE $4)::date <  ($2::timestamptz AT TIME ZONE $4)::date
             AND (m.created_time AT TIME ZONE $4)::date >= ($2::timestamptz AT TIME ZONE $4)::date
               - (($3::timestamptz AT TIME ZONE $4)::date - ($2::timestamptz AT TIME ZONE $4)::date + 1)))
        FROM channels c WHERE c.application_id = $1
        """;

    private const string BusyHours =
        """
        SELECT format('%s %s', h, (
          SELECT count(*) FROM users u WHERE u.application_id = $1 AND (
            EXISTS (SELECT FROM messages m WHERE m.application_id = $1 AND m.user_id = u.id AND m.broadcast
              AND m.created_time >= $2::timestamptz - interval '24 hours' AND m.created_time < $2
              AND extract(hour FROM m.created_time AT TIME ZONE $3)::int / 2 * 2 = h)
            OR EXISTS (SELECT FROM user_sessions s, generate_series(
                $2::timestamptz - interval '24 hours', $2::timestamptz - interval '1 minute', '1 minute') AS minute
              WHERE s.application_id = $1 AND s.user_id = u.id
              AND extract(hour FROM minute AT TIME ZONE $3)::int / 2 * 2 = h
              AND s.created_time < minute + interval '1 minute' AND (coalesce(s.end_time, $4) > minute OR s.created_time >= minute)))))
        FROM unnest(ARRAY[22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0]) AS h
        """;

    public Task<string> TotalsAsync(long application) => RowsAsync(Contributors + Totals, application);

    public Task<string> ChattersAsync(long application, DateTime from, DateTime to) => RowsAsync(Chatters, application, from, to);

    public Task<string> UsersAsync(long application, DateTime from, DateTime to) => RowsAsync(Users, application, from, to);

    /// <summary>Unordered.</summary>
    public Task<string> ActivityAsync(long application, DateTime start, DateTime end, string zone) =>
        RowsAsync(Activity, application, start, end, zone);

    /// <param name="start">A full minute. Sessions start and end on full minutes as well: their overlap is checked for each minute.</param>
    public Task<string> BusyHoursAsync(long application, DateTime start, string zone, DateTime now) =>
        RowsAsync(BusyHours, application, start, zone, now);

    private async Task<string> RowsAsync(string sql, params object[] parameters)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return string.Join('\n', rows);
    }
}
