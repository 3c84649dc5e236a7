-- Inserts the buckets of users of a time range. The caller deletes the old rows in the same transaction.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @first, @end, @resolutions   see RecountUserCounts.sql
WITH
{{UnfoldedEvents}},
{{RecountUserCounts}}
INSERT INTO user_counts (application_id, resolution, start, user_id, received)
SELECT @application, resolution, start, user_id, n
FROM recount
WHERE (resolution = 1 OR start + resolution <= (SELECT watermark FROM rollup_state)) AND n <> 0
ORDER BY resolution, start, user_id
