-- Buckets and running counts of channels that differ from a recount.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @first, @end, @resolutions   see RecountChannelCounts.sql
--
-- Rows: figure, resolution, start, channel_id, user_id, stored, counted.
WITH
{{UnfoldedEvents}},
{{RecountChannelCounts}},
{{RunningCountDeltas}},
stored AS (
  SELECT resolution, start, channel_id, broadcast FROM channel_counts WHERE application_id = @application
  UNION ALL
  SELECT resolution, start, channel_id, delta FROM running_deltas
)
SELECT 'messages of a channel', resolution, start, channel_id, NULL::bigint, coalesce(s.broadcast, 0)::bigint, coalesce(c.n, 0)::bigint
FROM stored s
FULL JOIN recount c USING (resolution, start, channel_id)
WHERE coalesce(s.broadcast, 0) <> coalesce(c.n, 0)
  AND (resolution = 1 OR start + resolution <= (SELECT watermark FROM rollup_state))
