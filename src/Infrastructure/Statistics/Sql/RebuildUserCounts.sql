-- Blocks of users of a stretch of time made anew; the old ones were removed just before.
--
-- @application, @folded_xid   see Tail.sql
-- @first, @end, @spans        see RecountUsers.sql
WITH
{{Tail}},
{{RecountUsers}}
INSERT INTO user_counts (application_id, span, start, user_id, received)
SELECT @application, span, start, user_id, n
FROM counted
WHERE (span = 1 OR start + span <= (SELECT watermark FROM rollup_state)) AND n <> 0
ORDER BY span, start, user_id
