-- The people of some channels made anew; the old rows were removed just before.
--
-- @application, @folded_xid   see Tail.sql
-- @after, @upto               channels with ids above the first, up to the second
WITH
{{Tail}},
sent AS (
  SELECT m.channel_id, m.user_id, count(*) AS received, count(*) FILTER (WHERE m.broadcast) AS broadcast
  FROM messages m
  WHERE m.application_id = @application AND m.user_id IS NOT NULL AND m.channel_id > @after AND m.channel_id <= @upto
  GROUP BY m.channel_id, m.user_id
  UNION ALL
  SELECT t.channel_id, t.user_id, -t.received, -t.broadcast
  FROM tail t
  WHERE (t.received <> 0 OR t.broadcast <> 0) AND t.channel_id > @after AND t.channel_id <= @upto
)
INSERT INTO channel_people (application_id, channel_id, user_id, received, is_member, is_guest)
SELECT @application, channel_id, user_id, coalesce(s.received, 0), m.user_id IS NOT NULL, coalesce(u.is_guest, false)
FROM (SELECT channel_id, user_id, sum(received) AS received FROM sent GROUP BY channel_id, user_id HAVING sum(received) <> 0) s
FULL JOIN (
  SELECT channel_id, user_id
  FROM channel_members
  WHERE application_id = @application AND channel_id > @after AND channel_id <= @upto
) m USING (channel_id, user_id)
LEFT JOIN users u ON u.application_id = @application AND u.id = user_id
