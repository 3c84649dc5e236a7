-- Buckets of channel types that differ from a recount.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @first, @end, @resolutions   see RecountTypeCounts.sql
--
-- Rows: figure, resolution, start, channel_id, user_id, stored, counted.
WITH
{{UnfoldedEvents}},
{{RecountTypeCounts}}
SELECT 'messages of channel type ' || type, resolution, start, NULL::bigint, NULL::bigint,
  coalesce(s.broadcast, 0)::bigint, coalesce(c.n, 0)::bigint
FROM (SELECT * FROM type_counts WHERE application_id = @application) s
FULL JOIN recount c USING (resolution, start, type)
WHERE coalesce(s.broadcast, 0) <> coalesce(c.n, 0)
  AND (resolution = 1 OR start + resolution <= (SELECT watermark FROM rollup_state))
