-- Inserts the buckets of users in a range of channels. The caller deletes the old rows in the same transaction.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @first … @up_to             see RecountChannelUserCounts.sql
WITH
{{UnfoldedEvents}},
{{RecountChannelUserCounts}}
INSERT INTO channel_user_counts (application_id, resolution, start, channel_id, user_id, received)
SELECT @application, resolution, start, channel_id, user_id, n
FROM recount
WHERE (resolution = 1 OR start + resolution <= (SELECT watermark FROM rollup_state)) AND n <> 0
ORDER BY resolution, start, channel_id, user_id
