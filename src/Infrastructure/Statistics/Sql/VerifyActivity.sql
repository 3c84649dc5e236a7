-- Blocks whose bits differ from the users found in messages and counted sessions. Users of whom the tail tells something in a block may differ in it.
--
-- @application, @folded_xid   see Tail.sql
-- @first, @end, @spans         see RecountActivity.sql
--
-- Rows: figure, span, start, channel_id, user_id (the first of those that differ), stored, counted.
WITH
{{Tail}},
{{RecountActivity}},
open AS (
  SELECT span, t.slot - (t.slot % span + span) % span AS start, t.user_id / 4096 AS chunk,
    ~bit_or(set_bit(0::bit(4096), (t.user_id % 4096)::int, 1)) AS others
  FROM tail t
  CROSS JOIN unnest(@spans) AS span
  WHERE t.broadcast <> 0
  GROUP BY 1, 2, 3
),
forgotten AS (
  SELECT t.user_id / 4096 AS chunk, ~bit_or(set_bit(0::bit(4096), (t.user_id % 4096)::int, 1)) AS others
  FROM tail t
  WHERE t.type = 'user.deleted'
  GROUP BY 1
),
compared AS (
  SELECT span, start, chunk,
    coalesce(s.users, 0::bit(4096)) & coalesce(o.others, ~0::bit(4096)) & coalesce(f.others, ~0::bit(4096)) AS stored,
    coalesce(c.users, 0::bit(4096)) & coalesce(o.others, ~0::bit(4096)) & coalesce(f.others, ~0::bit(4096)) AS counted
  FROM (SELECT * FROM activity WHERE application_id = @application) s
  FULL JOIN counted c USING (span, start, chunk)
  LEFT JOIN open o USING (span, start, chunk)
  LEFT JOIN forgotten f USING (chunk)
)
SELECT CASE span WHEN 0 THEN 'active throughout' ELSE 'active users' END, greatest(span, 1), start, NULL::bigint,
  chunk * 4096 + position(B'1' IN stored # counted) - 1, bit_count(stored), bit_count(counted)
FROM compared
WHERE stored <> counted
  AND (span <= 1 OR start + span <= (SELECT watermark FROM rollup_state))
