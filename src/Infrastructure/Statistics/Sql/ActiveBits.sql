-- Active users of each data point as bits. Table expression of reports; needs "unfolded_events".
--
-- @application                                    the tenant
-- @interval_point, @interval_from, @interval_to   the data points' intervals (timestamptz, [from, to)); a data point may have several
-- @range_point … @full_to                         the same intervals as buckets, see ChannelMessageCounts.sql
-- @now                                            end of open sessions (timestamptz)
--
-- Rows of "active": point, chunk, users (bit n is the user with id chunk * {{users_per_chunk}} + n).
intervals AS (
  SELECT * FROM unnest(@interval_point, @interval_from, @interval_to) AS i(point, "from", "to")
),
-- Users with deleted messages, and deleted users. Their bits may be out of date, so only messages and sessions decide.
uncertain_users AS (
  SELECT DISTINCT user_id FROM unfolded_events WHERE broadcast < 0 OR type = 'user.deleted'
),
trusted_masks AS (
  SELECT user_id / {{users_per_chunk}} AS chunk,
    ~bit_or(set_bit(0::bit({{users_per_chunk}}), (user_id % {{users_per_chunk}})::int, 1)) AS users
  FROM uncertain_users
  GROUP BY user_id / {{users_per_chunk}}
),
uncertain_intervals AS (
  SELECT i.point, i."from", i."to", d.user_id FROM intervals i CROSS JOIN uncertain_users d
),
-- Partial buckets, with the range of the one or two buckets that contain them.
partial_buckets AS (
  SELECT point, "from", "to", first, "end", to_timestamp(first * {{bucket_seconds}}.0) AS begin
  FROM unnest(@partial_point, @partial_from, @partial_to) AS p(point, "from", "to")
  -- Npgsql sends the first and last DateTime as infinity, which has no bucket.
  CROSS JOIN LATERAL (
    SELECT floor(extract(epoch FROM greatest(p."from", '0001-01-01Z')) / {{bucket_seconds}})::int AS first,
      ceil(extract(epoch FROM least(p."to", '10000-01-01Z')) / {{bucket_seconds}})::int AS "end"
  ) s
),
single_users AS (
  -- In commit order the deletion of a message may precede its creation, so the messages decide.
  SELECT x.point, m.user_id
  FROM (
    SELECT DISTINCT i.point, i."from", i."to", e.user_id
    FROM intervals i
    JOIN unfolded_events e ON e.broadcast > 0
      AND to_timestamp(e.bucket * {{bucket_seconds}}.0) < i."to" AND to_timestamp((e.bucket + 1) * {{bucket_seconds}}.0) > i."from"
    UNION
    SELECT q.point, q."from", q."to", q.user_id FROM uncertain_intervals q
  ) x
  CROSS JOIN LATERAL (
    SELECT m.user_id
    FROM messages m
    WHERE m.application_id = @application AND m.user_id = x.user_id AND m.broadcast
      AND m.created_time >= x."from" AND m.created_time < x."to"
    LIMIT 1
  ) m
  UNION ALL
  SELECT q.point, s.user_id
  FROM uncertain_intervals q
  CROSS JOIN LATERAL (
    SELECT s.user_id
    FROM user_sessions s
    WHERE s.application_id = @application AND s.user_id = q.user_id AND s.counted
      AND s.created_time >= q."from" - interval '1 day' AND s.created_time < q."to"
      AND (s.end_time > q."from" OR s.created_time >= q."from")
    LIMIT 1
  ) s
  UNION ALL
  SELECT q.point, s.user_id
  FROM uncertain_intervals q
  JOIN user_sessions s ON s.application_id = @application AND s.user_id = q.user_id AND s.counted
    AND s.end_time - s.created_time > interval '1 day' AND s.created_time < q."to" AND s.end_time > q."from"
  UNION ALL
  -- Sessions that are not counted: open, or ended a moment ago.
  SELECT i.point, s.user_id
  FROM user_sessions s
  JOIN intervals i ON s.created_time < i."to" AND (coalesce(s.end_time, @now) > i."from" OR s.created_time >= i."from")
  WHERE s.application_id = @application AND NOT s.counted
  UNION ALL
  -- Users with a message in a partial bucket, or a session that began or ended in it. Sessions that cover the whole bucket have
  -- resolution 0.
  SELECT p.point, unnest(u.ids)
  FROM partial_buckets p
  CROSS JOIN LATERAL (
    -- As an array, so that the generic plan does not expect many rows.
    SELECT array_agg(DISTINCT user_id) AS ids
    FROM (
      SELECT m.user_id
      FROM messages m
      WHERE m.application_id = @application AND m.created_time >= p."from" AND m.created_time < p."to"
        AND m.broadcast AND m.user_id IS NOT NULL
      UNION ALL
      SELECT s.user_id
      FROM user_sessions s
      WHERE s.application_id = @application AND s.created_time >= p.begin AND s.created_time < p."to" AND s.counted
        AND (s.end_time > p."from" OR s.created_time >= p."from")
      UNION ALL
      SELECT s.user_id
      FROM user_sessions s
      WHERE s.application_id = @application AND s.end_time > p."from" AND s.end_time <= to_timestamp(p."end" * {{bucket_seconds}}.0)
        AND s.counted AND s.created_time < p."to"
    ) u
  ) u
),
-- Ranges and single users in one row per data point, so that PostgreSQL processes one data point at a time.
parts AS (
  SELECT point, array_agg(resolution) AS resolutions, array_agg(first) AS firsts, array_agg("end") AS ends, array_agg(user_id) AS user_ids
  FROM (
    SELECT point, resolution, first, "end", NULL::bigint AS user_id
    FROM unnest(@range_point, @range_resolution, @range_first, @range_end) AS r(point, resolution, first, "end")
    UNION ALL
    SELECT point, 0, first, "end", NULL FROM partial_buckets
    UNION ALL
    SELECT point, NULL, NULL, NULL, user_id FROM single_users
  ) p
  GROUP BY point
),
active AS (
  SELECT f.point, a.chunk, a.users
  FROM parts f
  CROSS JOIN LATERAL (
    SELECT chunk, bit_or(users) AS users
    FROM (
      SELECT a.chunk, CASE WHEN m.users IS NULL THEN a.users ELSE a.users & m.users END AS users
      FROM unnest(f.resolutions, f.firsts, f.ends) AS r(resolution, first, "end")
      CROSS JOIN LATERAL (
        SELECT a.chunk, a.users
        FROM activity a
        WHERE a.application_id = @application AND a.resolution = r.resolution AND a.start >= r.first AND a.start < r."end"
        OFFSET 0
      ) a
      LEFT JOIN trusted_masks m USING (chunk)
      UNION ALL
      SELECT user_id / {{users_per_chunk}}, bit_or(set_bit(0::bit({{users_per_chunk}}), (user_id % {{users_per_chunk}})::int, 1))
      FROM unnest(f.user_ids) AS user_id
      WHERE user_id IS NOT NULL
      GROUP BY user_id / {{users_per_chunk}}
    ) b
    GROUP BY chunk
  ) a
)
