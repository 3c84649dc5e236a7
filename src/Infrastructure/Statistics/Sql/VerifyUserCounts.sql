-- Buckets of users that differ from a recount.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @first, @end, @resolutions   see RecountUserCounts.sql
--
-- Rows: figure, resolution, start, channel_id, user_id, stored, counted.
WITH
{{UnfoldedEvents}},
{{RecountUserCounts}}
SELECT 'messages of a user', resolution, start, NULL::bigint, user_id, coalesce(s.received, 0)::bigint, coalesce(c.n, 0)::bigint
FROM (SELECT * FROM user_counts WHERE application_id = @application) s
FULL JOIN recount c USING (resolution, start, user_id)
WHERE coalesce(s.received, 0) <> coalesce(c.n, 0)
  AND start + resolution <= (SELECT watermark FROM rollup_state)
