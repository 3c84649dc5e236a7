-- Who wrote in a channel and how much, by ascending user id.
--
-- @application, @folded_xid   see Tail.sql
-- @channel                    the channel
-- @from, @to                  a period [from, to); null for none
-- @span, @first, @end,
--   @end_from, @end_to        the same as blocks of days, see Counted.sql
-- @after                      ids above this one
-- @limit                      most rows; null for all
--
-- Rows: channel_id, user_id, in_channel, total, in_period (null for who was not active in the period).
WITH
{{Tail}},
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
-- A page of stored rows, and as many more as the tail can take out of it.
candidates AS (
  (
    SELECT p.user_id, p.received, false AS visited
    FROM channel_people p
    WHERE p.application_id = @application AND p.channel_id = @channel AND p.user_id > @after AND p.received <> 0
    ORDER BY p.user_id
    LIMIT @limit + (SELECT count(*) FROM tail)
  )
  UNION ALL
  SELECT t.user_id, t.received, false
  FROM tail t
  WHERE t.channel_id = @channel AND t.user_id > @after AND t.received <> 0
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
  FROM unnest(@span, @first, @end) AS r(span, first, "end")
  CROSS JOIN LATERAL generate_series(r.first, r."end" - 1, r.span) AS block
  CROSS JOIN last l
  CROSS JOIN LATERAL (
    SELECT c.user_id, c.received
    FROM channel_user_counts c
    WHERE c.application_id = @application AND c.channel_id = @channel AND c.span = r.span AND c.start = block
      AND c.user_id > @after AND c.user_id <= l.user_id
    OFFSET 0
  ) c
  UNION ALL
  SELECT t.user_id, t.received
  FROM tail t
  CROSS JOIN LATERAL (SELECT width_bucket(t.slot, @first) AS place) w
  WHERE t.channel_id = @channel AND t.received <> 0 AND w.place > 0 AND t.slot < (@end)[w.place]
  UNION ALL
  SELECT m.user_id, 1
  FROM unnest(@end_from, @end_to) AS e("from", "to")
  CROSS JOIN last l
  CROSS JOIN LATERAL (
    SELECT m.user_id
    FROM messages m
    WHERE m.application_id = @application AND m.channel_id = @channel
      AND m.created_time >= e."from" AND m.created_time < e."to" AND m.user_id > @after AND m.user_id <= l.user_id
    OFFSET 0
  ) m
)
-- Put together by grouping: a plan that is made for any period does not know how few or many a join would have to compare.
SELECT @channel AS channel_id, c.user_id, c.in_channel, coalesce(u.received, 0) + c.unfolded AS total,
  coalesce(nullif(c.in_period, 0), CASE WHEN c.visited THEN 0 END) AS in_period
FROM (
  SELECT user_id, sum(in_channel)::bigint AS in_channel, bool_or(visited) AS visited, sum(unfolded)::bigint AS unfolded,
    sum(in_period)::bigint AS in_period
  FROM (
    SELECT user_id, in_channel, visited, 0 AS unfolded, 0 AS in_period FROM chatters
    UNION ALL
    SELECT user_id, NULL, NULL, received, 0 FROM tail
    UNION ALL
    SELECT user_id, NULL, NULL, 0, received FROM in_period
  ) f
  GROUP BY user_id
  HAVING sum(in_channel) IS NOT NULL
) c
LEFT JOIN user_totals u ON u.application_id = @application AND u.user_id = c.user_id
ORDER BY c.user_id
