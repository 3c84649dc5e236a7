-- Blocks of users in some channels made anew; the old ones were removed just before.
--
-- @application, @folded_xid   see Tail.sql
-- @first … @upto              see RecountChannelUsers.sql
WITH
{{Tail}},
{{RecountChannelUsers}}
INSERT INTO channel_user_counts (application_id, span, start, channel_id, user_id, received)
SELECT @application, span, start, channel_id, user_id, n
FROM counted
WHERE (span = 1 OR start + span <= (SELECT watermark FROM rollup_state)) AND n <> 0
ORDER BY span, start, channel_id, user_id
