-- Blocks of channels that differ from a recount. What the tail holds is not expected in them yet.
--
-- @application, @folded_xid   see Tail.sql
-- @first, @end, @spans         see RecountChannels.sql
--
-- Rows: figure, span, start, channel_id, user_id, stored, counted.
WITH
{{Tail}},
{{RecountChannels}},
{{RunningGains}},
stored AS (
  SELECT span, start, channel_id, broadcast FROM channel_counts WHERE application_id = @application
  UNION ALL
  SELECT span, start, channel_id, gain FROM running_gains
)
SELECT 'messages of a channel', span, start, channel_id, NULL::bigint, coalesce(s.broadcast, 0)::bigint, coalesce(c.n, 0)::bigint
FROM stored s
FULL JOIN counted c USING (span, start, channel_id)
WHERE coalesce(s.broadcast, 0) <> coalesce(c.n, 0)
  AND (span = 1 OR start + span <= (SELECT watermark FROM rollup_state))
