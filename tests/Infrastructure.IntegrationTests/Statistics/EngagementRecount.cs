using Npgsql;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

/// <summary>Figures of the engagement dashboard, counted with plain SQL from the messages and sessions.</summary>
internal sealed class EngagementRecount(
    NpgsqlDataSource database, long application, DateTime start, DateTime end, string zone, DateTime now)
{
    /// <summary>Every message, and every minute of every session: sessions start and end on full minutes.</summary>
    private const string Moments =
        """
        WITH moments AS (
          SELECT user_id, created_time AT TIME ZONE $4 AS local FROM messages
          WHERE application_id = $1 AND user_id IS NOT NULL AND broadcast
          UNION
          SELECT s.user_id, minute AT TIME ZONE $4
          FROM user_sessions s,
            generate_series(
              s.created_time, greatest(s.created_time, coalesce(s.end_time, $5) - interval '1 microsecond'), '1 minute') AS minute
          WHERE s.application_id = $1
        ), days AS (
          SELECT ($2::timestamptz AT TIME ZONE $4)::date AS first, ($3::timestamptz AT TIME ZONE $4)::date AS last
        )

        """;

    private const string Messages =
        """
        WITH days AS (SELECT ($2::timestamptz AT TIME ZONE $4)::date AS first, ($3::timestamptz AT TIME ZONE $4)::date AS last),
        sent AS (
          SELECT m.channel_id, c.type, (m.created_time AT TIME ZONE $4)::date AS date
          FROM messages m JOIN channels c ON c.application_id = m.application_id AND c.id = m.channel_id
          WHERE m.application_id = $1 AND m.user_id IS NOT NULL AND m.broadcast AND $5::timestamptz IS NOT NULL
        )

        """;

    public Task<string> WeekAsync() => RowsAsync(Moments +
        """
        SELECT format('%s %s', d::date, (SELECT count(DISTINCT user_id) FROM moments WHERE local::date = d::date))
        FROM days, generate_series(first - 7, first, '1 day') AS d ORDER BY d DESC
        """);

    public Task<string> HoursAsync() => RowsAsync(Moments +
        """
        SELECT format('%s %s', to_char(date_trunc('hour', local), 'YYYY-MM-DD HH24'), count(DISTINCT user_id))
        FROM moments, days WHERE local::date BETWEEN first AND last GROUP BY date_trunc('hour', local) ORDER BY date_trunc('hour', local)
        """);

    public Task<string> ActiveUsersAsync() => RowsAsync(Moments +
        """
        SELECT format('%s %s', local::date, string_agg(DISTINCT lpad(user_id::text, 9), ','))
        FROM moments, days WHERE local::date BETWEEN first AND last GROUP BY local::date ORDER BY local::date DESC
        """);

    public Task<string> MessagesSentAsync() => RowsAsync(Messages +
        """
        SELECT format('%s %s', d::date, (SELECT count(*) FROM sent WHERE date = d::date))
        FROM days, generate_series(first, last, '1 day') AS d
        UNION ALL
        SELECT format('period %s %s', n, n - before)
        FROM (SELECT count(*) FILTER (WHERE date BETWEEN first AND last) AS n,
            count(*) FILTER (WHERE date < first AND date >= first - (last - first + 1)) AS before
          FROM sent, days) x
        UNION ALL
        SELECT format('yesterday %s %s', before, n - before)
        FROM (SELECT count(*) FILTER (WHERE date = last) AS n, count(*) FILTER (WHERE date = last - 1) AS before FROM sent, days) x
        """);

    public Task<string> NewUsersAsync() => RowsAsync(
        """
        WITH days AS (SELECT ($2::timestamptz AT TIME ZONE $4)::date AS first, ($3::timestamptz AT TIME ZONE $4)::date AS last),
        created AS (
          SELECT (created_time AT TIME ZONE $4)::date AS date FROM users WHERE application_id = $1 AND $5::timestamptz IS NOT NULL
        )
        SELECT format('%s %s', d::date, (SELECT count(*) FROM created WHERE date = d::date))
        FROM days, generate_series(first, last, '1 day') AS d
        UNION ALL
        SELECT format('period %s %s', n, n - before)
        FROM (SELECT count(*) FILTER (WHERE date BETWEEN first AND last) AS n,
            count(*) FILTER (WHERE date < first AND date >= first - (last - first + 1)) AS before
          FROM created, days) x
        UNION ALL
        SELECT format('yesterday %s %s', before, n - before)
        FROM (SELECT count(*) FILTER (WHERE date = last) AS n, count(*) FILTER (WHERE date = last - 1) AS before FROM created, days) x
        """);

    public Task<string> OriginsAsync() => RowsAsync(Messages +
        """
        SELECT format('%s %s', t, (SELECT count(*) FROM sent, days WHERE type = t AND date BETWEEN first AND last))
        FROM generate_series(0, 2) AS t
        """);

    public Task<string> PopularAsync() => RowsAsync(Messages +
        """
        SELECT format('%s %s', channel_id, count(*)) FROM sent, days WHERE date BETWEEN first AND last
        GROUP BY channel_id ORDER BY count(*) DESC, channel_id LIMIT 5
        """);

    private async Task<string> RowsAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in new object[] { application, start, end, zone, now })
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
