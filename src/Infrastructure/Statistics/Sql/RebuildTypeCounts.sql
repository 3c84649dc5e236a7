-- Blocks of channel types of a stretch of time made anew; the old ones were removed just before.
--
-- @application, @folded_xid   see Tail.sql
-- @first, @end, @spans        see RecountTypes.sql
WITH
{{Tail}},
{{RecountTypes}}
INSERT INTO type_counts (application_id, span, start, type, broadcast)
SELECT @application, span, start, type, n
FROM counted
WHERE (span = 1 OR start + span <= (SELECT watermark FROM rollup_state)) AND n <> 0
ORDER BY span, start, type
