-- Blocks of channels of a stretch of time made anew; the old ones were removed just before.
--
-- @application, @folded_xid   see Tail.sql
-- @first, @end, @spans        see RecountChannels.sql
WITH
{{Tail}},
{{RecountChannels}}
INSERT INTO channel_counts (application_id, span, start, channel_id, broadcast)
SELECT @application, span, start, channel_id, n
FROM counted
WHERE (span = 1 OR start + span <= (SELECT watermark FROM rollup_state)) AND n <> 0
ORDER BY span, start, channel_id
