-- Blocks of users that differ from a recount. What the tail holds is not expected in them yet.
--
-- @application, @folded_xid   see Tail.sql
-- @spans                      lengths of blocks in slots
--
-- Rows: figure, span, start, channel_id, user_id, stored, counted.
WITH
{{Tail}},
counted AS (
  SELECT span, d.slot - (d.slot % span + span) % span AS start, d.user_id, sum(d.n) AS n
  FROM (
    SELECT m.user_id, floor(extract(epoch FROM m.created_time) / 900)::int AS slot, count(*) AS n
    FROM messages m
    WHERE m.application_id = @application AND m.user_id IS NOT NULL
    GROUP BY 1, 2
    UNION ALL
    SELECT t.user_id, t.slot, -t.received
    FROM tail t
    WHERE t.received <> 0
  ) d
  CROSS JOIN unnest(@spans) AS span
  GROUP BY 1, 2, 3
)
SELECT 'messages of a user', span, start, NULL::bigint, user_id, coalesce(s.received, 0)::bigint, coalesce(c.n, 0)::bigint
FROM (SELECT * FROM user_counts WHERE application_id = @application) s
FULL JOIN counted c USING (span, start, user_id)
WHERE coalesce(s.received, 0) <> coalesce(c.n, 0)
  AND start + span <= (SELECT watermark FROM rollup_state)
