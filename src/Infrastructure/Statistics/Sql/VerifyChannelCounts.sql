-- Blocks of channels that differ from a recount. What the tail holds is not expected in them yet.
--
-- @application, @folded_xid   see Tail.sql
-- @spans                      lengths of blocks in slots, 1 first
--
-- Rows: figure, span, start, channel_id, user_id, stored, counted.
WITH
{{Tail}},
counted AS (
  SELECT span, d.slot - (d.slot % span + span) % span AS start, d.channel_id, sum(d.n) AS n
  FROM (
    SELECT m.channel_id, floor(extract(epoch FROM m.created_time) / 900)::int AS slot, count(*) AS n
    FROM messages m
    WHERE m.application_id = @application AND m.user_id IS NOT NULL AND m.broadcast
    GROUP BY 1, 2
    UNION ALL
    SELECT t.channel_id, t.slot, -t.broadcast
    FROM tail t
    WHERE t.broadcast <> 0
  ) d
  CROSS JOIN unnest(@spans) AS span
  GROUP BY 1, 2, 3
)
SELECT 'messages of a channel', span, start, channel_id, NULL::bigint, coalesce(s.broadcast, 0)::bigint, coalesce(c.n, 0)::bigint
FROM (SELECT * FROM channel_counts WHERE application_id = @application) s
FULL JOIN counted c USING (span, start, channel_id)
WHERE coalesce(s.broadcast, 0) <> coalesce(c.n, 0)
  AND (span = 1 OR start + span <= (SELECT watermark FROM rollup_state))
