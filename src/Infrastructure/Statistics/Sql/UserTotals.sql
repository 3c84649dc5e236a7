-- What users have sent to all channels, by ascending id.
--
-- @application, @folded_xid   see Tail.sql
-- @from, @to                  a period [from, to); null for none
-- @span, @first, @end,
--   @end_from, @end_to        the same as blocks of days, see Counted.sql
-- @after                      ids above this one
-- @limit                      most rows; null for all
--
-- Rows: user_id, total, in_period (null without a period). A deleted user is listed while messages of theirs are there.
WITH
{{Tail}},
unfolded AS (
  SELECT t.user_id, sum(t.received) AS received
  FROM tail t
  WHERE t.received <> 0
  GROUP BY t.user_id
),
page AS (
  SELECT u.id, coalesce(t.received, 0) + coalesce(n.received, 0) AS total
  FROM users u
  LEFT JOIN user_totals t ON t.application_id = u.application_id AND t.user_id = u.id
  LEFT JOIN unfolded n ON n.user_id = u.id
  WHERE u.application_id = @application AND u.id > @after
    AND (u.deleted_time IS NULL OR coalesce(t.received, 0) + coalesce(n.received, 0) > 0)
  ORDER BY u.id
  LIMIT @limit
),
last AS (SELECT CASE WHEN @limit IS NULL THEN 9223372036854775807 ELSE max(id) END AS user_id FROM page),
in_period AS (
  SELECT c.user_id, c.received
  FROM unnest(@span, @first, @end) AS r(span, first, "end")
  CROSS JOIN LATERAL generate_series(r.first, r."end" - 1, r.span) AS block
  CROSS JOIN last l
  CROSS JOIN LATERAL (
    SELECT c.user_id, c.received
    FROM user_counts c
    WHERE c.application_id = @application AND c.span = r.span AND c.start = block AND c.user_id > @after AND c.user_id <= l.user_id
    OFFSET 0
  ) c
  UNION ALL
  SELECT t.user_id, t.received
  FROM tail t
  CROSS JOIN LATERAL (SELECT width_bucket(t.slot, @first) AS place) w
  WHERE t.received <> 0 AND w.place > 0 AND t.slot < (@end)[w.place]
  UNION ALL
  -- User by user where there is a page of them, so that no message of another time is read; a user's ends lie side by side in the index.
  SELECT u.id, 1
  FROM page u
  CROSS JOIN LATERAL (
    SELECT
    FROM unnest(@end_from, @end_to) AS e("from", "to")
    CROSS JOIN LATERAL (
      SELECT
      FROM messages m
      WHERE m.application_id = @application AND m.user_id = u.id AND m.created_time >= e."from" AND m.created_time < e."to"
      OFFSET 0
    ) m
    OFFSET 0
  ) m
  WHERE @limit IS NOT NULL
  UNION ALL
  SELECT m.user_id, 1
  FROM unnest(@end_from, @end_to) AS e("from", "to")
  CROSS JOIN LATERAL (
    SELECT m.user_id
    FROM messages m
    WHERE m.application_id = @application AND m.created_time >= e."from" AND m.created_time < e."to" AND m.user_id > @after
    OFFSET 0
  ) m
  WHERE @limit IS NULL
)
-- Put together by grouping, see Chatters.sql.
SELECT user_id, sum(total)::bigint AS total, CASE WHEN @from IS NOT NULL THEN sum(in_period)::bigint END AS in_period
FROM (
  SELECT id AS user_id, total, 0 AS in_period FROM page
  UNION ALL
  SELECT user_id, NULL, received FROM in_period
) f
GROUP BY user_id
HAVING sum(total) IS NOT NULL
ORDER BY user_id
