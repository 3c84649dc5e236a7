-- Inserts the buckets of channels of a time range. The caller deletes the old rows in the same transaction.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @first, @end, @resolutions   see RecountChannelCounts.sql
WITH
{{UnfoldedEvents}},
{{RecountChannelCounts}}
INSERT INTO channel_counts (application_id, resolution, start, channel_id, broadcast)
SELECT @application, resolution, start, channel_id, n
FROM recount
WHERE (resolution = 1 OR start + resolution <= (SELECT watermark FROM rollup_state)) AND n <> 0
ORDER BY resolution, start, channel_id
