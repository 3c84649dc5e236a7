-- Buckets of users in channels that differ from a recount.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @first … @up_to             see RecountChannelUserCounts.sql
--
-- Rows: figure, resolution, start, channel_id, user_id, stored, counted.
WITH
{{UnfoldedEvents}},
{{RecountChannelUserCounts}}
SELECT 'messages of a user in a channel', resolution, start, channel_id, user_id, coalesce(s.received, 0)::bigint, coalesce(c.n, 0)::bigint
FROM (SELECT * FROM channel_user_counts WHERE application_id = @application) s
FULL JOIN recount c USING (resolution, start, channel_id, user_id)
WHERE coalesce(s.received, 0) <> coalesce(c.n, 0)
  AND start + resolution <= (SELECT watermark FROM rollup_state)
