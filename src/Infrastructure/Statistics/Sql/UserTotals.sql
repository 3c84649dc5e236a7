-- Messages of users in all channels, by ascending user id. Deleted users are included while they have messages.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @from, @to                  a period [from, to); null for none
-- @range_resolution, @range_first, @range_end, @partial_from, @partial_to
--                             the period as buckets of days, see ChannelMessageCounts.sql
-- @after                      user ids greater than this
-- @limit                      maximum number of rows; null for all
--
-- Rows: user_id, total, in_period (null without a period).
WITH
{{UnfoldedEvents}},
unfolded_totals AS (
  SELECT e.user_id, sum(e.received) AS received
  FROM unfolded_events e
  WHERE e.received <> 0
  GROUP BY e.user_id
),
page AS (
  SELECT u.id, coalesce(t.received, 0) + coalesce(n.received, 0) AS total
  FROM users u
  LEFT JOIN user_totals t ON t.application_id = u.application_id AND t.user_id = u.id
  LEFT JOIN unfolded_totals n ON n.user_id = u.id
  WHERE u.application_id = @application AND u.id > @after
    AND (u.deleted_time IS NULL OR coalesce(t.received, 0) + coalesce(n.received, 0) > 0)
  ORDER BY u.id
  LIMIT @limit
),
last AS (SELECT CASE WHEN @limit IS NULL THEN 9223372036854775807 ELSE max(id) END AS user_id FROM page),
in_period AS (
  SELECT c.user_id, c.received
  FROM unnest(@range_resolution, @range_first, @range_end) AS r(resolution, first, "end")
  CROSS JOIN LATERAL generate_series(r.first, r."end" - 1, r.resolution) AS bucket
  CROSS JOIN last l
  CROSS JOIN LATERAL (
    SELECT c.user_id, c.received
    FROM user_counts c
    WHERE c.application_id = @application AND c.resolution = r.resolution AND c.start = bucket
      AND c.user_id > @after AND c.user_id <= l.user_id
    OFFSET 0
  ) c
  UNION ALL
  SELECT e.user_id, e.received
  FROM unfolded_events e
  CROSS JOIN LATERAL (SELECT width_bucket(e.bucket, @range_first) AS ordinal) w
  WHERE e.received <> 0 AND w.ordinal > 0 AND e.bucket < (@range_end)[w.ordinal]
  UNION ALL
  -- With a limit: user by user, so that PostgreSQL reads only messages of the period; they are neighbours in the index.
  -- Without a limit (below): all messages of the period.
  SELECT u.id, 1
  FROM page u
  CROSS JOIN LATERAL (
    SELECT
    FROM unnest(@partial_from, @partial_to) AS p("from", "to")
    CROSS JOIN LATERAL (
      SELECT
      FROM messages m
      WHERE m.application_id = @application AND m.user_id = u.id AND m.created_time >= p."from" AND m.created_time < p."to"
      OFFSET 0
    ) m
    OFFSET 0
  ) m
  WHERE @limit IS NOT NULL
  UNION ALL
  SELECT m.user_id, 1
  FROM unnest(@partial_from, @partial_to) AS p("from", "to")
  CROSS JOIN LATERAL (
    SELECT m.user_id
    FROM messages m
    WHERE m.application_id = @application AND m.created_time >= p."from" AND m.created_time < p."to" AND m.user_id > @after
    OFFSET 0
  ) m
  WHERE @limit IS NULL
)
-- Grouped instead of joined, see Chatters.sql.
SELECT user_id, sum(total)::bigint AS total, CASE WHEN @from IS NOT NULL THEN sum(in_period)::bigint END AS in_period
FROM (
  SELECT id AS user_id, total, 0 AS in_period FROM page
  UNION ALL
  SELECT user_id, NULL, received FROM in_period
) f
GROUP BY user_id
HAVING sum(total) IS NOT NULL
ORDER BY user_id
