-- Blocks of channel types that differ from a recount. What the tail holds is not expected in them yet.
--
-- @application, @folded_xid   see Tail.sql
-- @spans                      lengths of blocks in slots, 1 first
--
-- Rows: figure, span, start, channel_id, user_id, stored, counted.
WITH
{{Tail}},
counted AS (
  SELECT span, d.slot - (d.slot % span + span) % span AS start, d.type, sum(d.n) AS n
  FROM (
    SELECT c.type, floor(extract(epoch FROM m.created_time) / 900)::int AS slot, count(*) AS n
    FROM messages m
    JOIN channels c ON c.application_id = m.application_id AND c.id = m.channel_id
    WHERE m.application_id = @application AND m.user_id IS NOT NULL AND m.broadcast
    GROUP BY 1, 2
    UNION ALL
    SELECT coalesce(k.type, c.type), t.slot, -t.broadcast
    FROM tail t
    LEFT JOIN channel_totals k ON k.application_id = t.application_id AND k.channel_id = t.channel_id
    LEFT JOIN channels c ON c.application_id = t.application_id AND c.id = t.channel_id
    WHERE t.broadcast <> 0 AND coalesce(k.type, c.type) IS NOT NULL
  ) d
  CROSS JOIN unnest(@spans) AS span
  GROUP BY 1, 2, 3
)
SELECT 'messages of channel type ' || type, span, start, NULL::bigint, NULL::bigint,
  coalesce(s.broadcast, 0)::bigint, coalesce(c.n, 0)::bigint
FROM (SELECT * FROM type_counts WHERE application_id = @application) s
FULL JOIN counted c USING (span, start, type)
WHERE coalesce(s.broadcast, 0) <> coalesce(c.n, 0)
  AND (span = 1 OR start + span <= (SELECT watermark FROM rollup_state))
