-- Users who wrote in each channel, with their message counts, by ascending channel id and user id.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @from, @to                  a period [from, to); null for none
-- @range_resolution, @range_first, @range_end, @partial_from, @partial_to
--                             the period as buckets of days, see ChannelMessageCounts.sql
-- @after                      channel ids greater than this
-- @limit                      maximum number of channels; null for all
--
-- Rows: channel_id, user_id, in_channel, total, in_period (null if the user was not active in the period). A channel without chatters
-- has one row with a null user_id.
WITH
{{UnfoldedEvents}},
listed AS (
  SELECT c.id
  FROM channels c
  WHERE c.application_id = @application AND c.deleted_time IS NULL AND c.id > @after
  ORDER BY c.id
  LIMIT @limit
),
bounds AS (SELECT min(id) AS first, max(id) AS last FROM listed),
visitors AS (
  SELECT s.channel_id, s.user_id
  FROM chat_sessions s, bounds b
  WHERE s.application_id = @application AND s.channel_id BETWEEN b.first AND b.last
    AND s.created_time >= @from - interval '25 hours' AND s.created_time < @to
    AND (s.end_time IS NULL OR s.end_time > @from OR s.created_time >= @from)
  UNION
  SELECT s.channel_id, s.user_id
  FROM chat_sessions s, bounds b
  WHERE s.application_id = @application AND s.channel_id BETWEEN b.first AND b.last
    AND s.created_time < @to AND s.end_time > @from AND s.end_time - s.created_time > interval '1 day'
  UNION
  SELECT s.channel_id, s.user_id
  FROM chat_sessions s, bounds b
  WHERE s.application_id = @application AND s.channel_id BETWEEN b.first AND b.last
    AND s.created_time < @to AND s.end_time IS NULL
),
chatters AS (
  SELECT channel_id, user_id, sum(received)::bigint AS in_channel, bool_or(visited) AS visited, sum(in_period)::bigint AS in_period
  FROM (
    SELECT c.channel_id, c.user_id, c.received, false AS visited, 0 AS in_period
    FROM channel_contributors c, bounds b
    WHERE c.application_id = @application AND c.channel_id BETWEEN b.first AND b.last AND c.received <> 0
    UNION ALL
    SELECT e.channel_id, e.user_id, e.received, false,
      CASE WHEN w.ordinal > 0 AND e.bucket < (@range_end)[w.ordinal] THEN e.received ELSE 0 END
    FROM unfolded_events e
    CROSS JOIN LATERAL (SELECT width_bucket(e.bucket, @range_first) AS ordinal) w
    WHERE e.channel_id IS NOT NULL AND e.received <> 0
    UNION ALL
    SELECT v.channel_id, v.user_id, 0, true, 0
    FROM visitors v
    UNION ALL
    SELECT l.id, c.user_id, 0, false, c.received
    FROM listed l
    CROSS JOIN unnest(@range_resolution, @range_first, @range_end) AS r(resolution, first, "end")
    CROSS JOIN LATERAL (
      SELECT c.user_id, c.received
      FROM channel_user_counts c
      WHERE c.application_id = @application AND c.channel_id = l.id AND c.resolution = r.resolution
        AND c.start >= r.first AND c.start < r."end"
      OFFSET 0
    ) c
    UNION ALL
    SELECT l.id, m.user_id, 0, false, 1
    FROM listed l
    CROSS JOIN unnest(@partial_from, @partial_to) AS p("from", "to")
    CROSS JOIN LATERAL (
      SELECT m.user_id
      FROM messages m
      WHERE m.application_id = @application AND m.channel_id = l.id AND m.created_time >= p."from" AND m.created_time < p."to"
        AND m.user_id IS NOT NULL
      OFFSET 0
    ) m
  ) c
  GROUP BY channel_id, user_id
  HAVING sum(received) > 0 OR bool_or(visited)
)
SELECT l.id AS channel_id, c.user_id, coalesce(c.in_channel, 0) AS in_channel,
  coalesce(u.received, 0) + coalesce(n.received, 0) AS total,
  coalesce(nullif(c.in_period, 0), CASE WHEN c.visited THEN 0 END) AS in_period
FROM listed l
LEFT JOIN chatters c ON c.channel_id = l.id
LEFT JOIN user_totals u ON u.application_id = @application AND u.user_id = c.user_id
LEFT JOIN (SELECT user_id, sum(received) AS received FROM unfolded_events GROUP BY user_id) n ON n.user_id = c.user_id
ORDER BY l.id, c.user_id
