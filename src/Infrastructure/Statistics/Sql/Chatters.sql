-- Users who wrote in a channel, with their message counts, by ascending user id.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @channel                    the channel
-- @from, @to                  a period [from, to); null for none
-- @range_resolution, @range_first, @range_end, @partial_from, @partial_to
--                             the period as buckets of days, see ChannelMessageCounts.sql
-- @after                      user ids greater than this
-- @limit                      maximum number of rows; null for all
--
-- Rows: channel_id, user_id, in_channel, total, in_period (null if the user was not active in the period).
WITH
{{UnfoldedEvents}},
visitors AS (
  SELECT s.user_id
  FROM chat_sessions s
  WHERE s.application_id = @application AND s.channel_id = @channel AND s.user_id > @after
    AND s.created_time >= @from - interval '25 hours' AND s.created_time < @to
    AND (s.end_time IS NULL OR s.end_time > @from OR s.created_time >= @from)
  UNION
  SELECT s.user_id
  FROM chat_sessions s
  WHERE s.application_id = @application AND s.channel_id = @channel AND s.user_id > @after
    AND s.created_time < @to AND s.end_time > @from AND s.end_time - s.created_time > interval '1 day'
  UNION
  SELECT s.user_id
  FROM chat_sessions s
  WHERE s.application_id = @application AND s.channel_id = @channel AND s.user_id > @after
    AND s.created_time < @to AND s.end_time IS NULL
),
-- A page of stored rows, plus one row per unfolded event, because each may remove a row from the page.
candidates AS (
  (
    SELECT c.user_id, c.received, false AS visited
    FROM channel_contributors c
    WHERE c.application_id = @application AND c.channel_id = @channel AND c.user_id > @after AND c.received <> 0
    ORDER BY c.user_id
    LIMIT @limit + (SELECT count(*) FROM unfolded_events)
  )
  UNION ALL
  SELECT e.user_id, e.received, false
  FROM unfolded_events e
  WHERE e.channel_id = @channel AND e.user_id > @after AND e.received <> 0
  UNION ALL
  SELECT v.user_id, 0, true
  FROM visitors v
),
chatters AS (
  SELECT user_id, sum(received)::bigint AS in_channel, bool_or(visited) AS visited
  FROM candidates
  GROUP BY user_id
  HAVING sum(received) > 0 OR bool_or(visited)
  ORDER BY user_id
  LIMIT @limit
),
last AS (SELECT CASE WHEN @limit IS NULL THEN 9223372036854775807 ELSE max(user_id) END AS user_id FROM chatters),
in_period AS (
  SELECT c.user_id, c.received
  FROM unnest(@range_resolution, @range_first, @range_end) AS r(resolution, first, "end")
  CROSS JOIN LATERAL generate_series(r.first, r."end" - 1, r.resolution) AS bucket
  CROSS JOIN last l
  CROSS JOIN LATERAL (
    SELECT c.user_id, c.received
    FROM channel_user_counts c
    WHERE c.application_id = @application AND c.channel_id = @channel AND c.resolution = r.resolution AND c.start = bucket
      AND c.user_id > @after AND c.user_id <= l.user_id
    OFFSET 0
  ) c
  UNION ALL
  SELECT e.user_id, e.received
  FROM unfolded_events e
  CROSS JOIN LATERAL (SELECT width_bucket(e.bucket, @range_first) AS ordinal) w
  WHERE e.channel_id = @channel AND e.received <> 0 AND w.ordinal > 0 AND e.bucket < (@range_end)[w.ordinal]
  UNION ALL
  SELECT m.user_id, 1
  FROM unnest(@partial_from, @partial_to) AS p("from", "to")
  CROSS JOIN last l
  CROSS JOIN LATERAL (
    SELECT m.user_id
    FROM messages m
    WHERE m.application_id = @application AND m.channel_id = @channel
      AND m.created_time >= p."from" AND m.created_time < p."to" AND m.user_id > @after AND m.user_id <= l.user_id
    OFFSET 0
  ) m
)
-- Grouped instead of joined: a generic plan cannot estimate the number of rows to join.
SELECT @channel AS channel_id, c.user_id, c.in_channel, coalesce(u.received, 0) + c.unfolded AS total,
  coalesce(nullif(c.in_period, 0), CASE WHEN c.visited THEN 0 END) AS in_period
FROM (
  SELECT user_id, sum(in_channel)::bigint AS in_channel, bool_or(visited) AS visited, sum(unfolded)::bigint AS unfolded,
    sum(in_period)::bigint AS in_period
  FROM (
    SELECT user_id, in_channel, visited, 0 AS unfolded, 0 AS in_period FROM chatters
    UNION ALL
    SELECT user_id, NULL, NULL, received, 0 FROM unfolded_events
    UNION ALL
    SELECT user_id, NULL, NULL, 0, received FROM in_period
  ) f
  GROUP BY user_id
  HAVING sum(in_channel) IS NOT NULL
) c
LEFT JOIN user_totals u ON u.application_id = @application AND u.user_id = c.user_id
ORDER BY c.user_id
