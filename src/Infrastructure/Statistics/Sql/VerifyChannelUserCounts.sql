-- Blocks of users in channels that differ from a recount. What the tail holds is not expected in them yet.
--
-- @application, @folded_xid   see Tail.sql
-- @first … @upto               see RecountChannelUsers.sql
--
-- Rows: figure, span, start, channel_id, user_id, stored, counted.
WITH
{{Tail}},
{{RecountChannelUsers}}
SELECT 'messages of a user in a channel', span, start, channel_id, user_id, coalesce(s.received, 0)::bigint, coalesce(c.n, 0)::bigint
FROM (SELECT * FROM channel_user_counts WHERE application_id = @application) s
FULL JOIN counted c USING (span, start, channel_id, user_id)
WHERE coalesce(s.received, 0) <> coalesce(c.n, 0)
  AND start + span <= (SELECT watermark FROM rollup_state)
