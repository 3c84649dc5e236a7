-- Inserts the buckets of channel types of a time range. The caller deletes the old rows in the same transaction.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @first, @end, @resolutions   see RecountTypeCounts.sql
WITH
{{UnfoldedEvents}},
{{RecountTypeCounts}}
INSERT INTO type_counts (application_id, resolution, start, type, broadcast)
SELECT @application, resolution, start, type, n
FROM recount
WHERE (resolution = 1 OR start + resolution <= (SELECT watermark FROM rollup_state)) AND n <> 0
ORDER BY resolution, start, type
