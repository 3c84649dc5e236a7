-- Inserts the buckets of active users of a time range. The caller deletes the old rows in the same transaction.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @first, @end, @resolutions   see RecountActivity.sql
WITH
{{UnfoldedEvents}},
{{RecountActivity}}
INSERT INTO activity (application_id, resolution, start, chunk, users)
SELECT @application, resolution, start, chunk, users
FROM recount
WHERE (resolution <= 1 OR start + resolution <= (SELECT watermark FROM rollup_state))
ORDER BY resolution, start, chunk
