-- The totals of some channels made anew, out of the messages and the people just counted. What is gone keeps its type, and zeros.
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
),
counted AS (SELECT channel_id, sum(received) AS received, sum(broadcast) AS broadcast FROM sent GROUP BY channel_id),
heads AS (
  SELECT p.channel_id, count(*) FILTER (WHERE NOT p.is_guest) AS users, count(*) FILTER (WHERE p.is_guest) AS guests
  FROM channel_people p
  WHERE p.application_id = @application AND p.channel_id > @after AND p.channel_id <= @upto AND (p.is_member OR p.received > 0)
  GROUP BY p.channel_id
),
touched AS (
  SELECT channel_id FROM counted
  UNION
  SELECT channel_id FROM heads
  UNION
  SELECT channel_id FROM channel_totals WHERE application_id = @application AND channel_id > @after AND channel_id <= @upto
)
INSERT INTO channel_totals AS t (application_id, channel_id, type, received, broadcast, users, guests)
SELECT @application, channel_id, c.type,
  coalesce(n.received, 0), coalesce(n.broadcast, 0), coalesce(h.users, 0), coalesce(h.guests, 0)
FROM touched
LEFT JOIN counted n USING (channel_id)
LEFT JOIN heads h USING (channel_id)
LEFT JOIN channels c ON c.application_id = @application AND c.id = channel_id
ON CONFLICT (application_id, channel_id) DO UPDATE
SET received = excluded.received, broadcast = excluded.broadcast, users = excluded.users, guests = excluded.guests,
  type = coalesce(t.type, excluded.type)
