-- Blocks of users that differ from a recount. What the tail holds is not expected in them yet.
--
-- @application, @folded_xid   see Tail.sql
-- @first, @end, @spans         see RecountUsers.sql
--
-- Rows: figure, span, start, channel_id, user_id, stored, counted.
WITH
{{Tail}},
{{RecountUsers}}
SELECT 'messages of a user', span, start, NULL::bigint, user_id, coalesce(s.received, 0)::bigint, coalesce(c.n, 0)::bigint
FROM (SELECT * FROM user_counts WHERE application_id = @application) s
FULL JOIN counted c USING (span, start, user_id)
WHERE coalesce(s.received, 0) <> coalesce(c.n, 0)
  AND start + span <= (SELECT watermark FROM rollup_state)
