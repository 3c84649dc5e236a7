-- Blocks of active users of a stretch of time made anew; the old ones were removed just before.
--
-- @application, @folded_xid   see Tail.sql
-- @first, @end, @spans        see RecountActivity.sql
WITH
{{Tail}},
{{RecountActivity}}
INSERT INTO activity (application_id, span, start, chunk, users)
SELECT @application, span, start, chunk, users
FROM counted
WHERE (span <= 1 OR start + span <= (SELECT watermark FROM rollup_state))
ORDER BY span, start, chunk
