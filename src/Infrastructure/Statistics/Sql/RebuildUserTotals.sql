-- Recounts the totals of a range of users. Users without messages keep a row with zero.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @after, @up_to              user ids greater than @after and not greater than @up_to
WITH
{{UnfoldedEvents}},
sent AS (
  SELECT m.channel_id, m.user_id, count(*) AS received, count(*) FILTER (WHERE m.broadcast) AS broadcast
  FROM messages m
  WHERE m.application_id = @application AND m.user_id IS NOT NULL AND m.user_id > @after AND m.user_id <= @up_to
  GROUP BY m.channel_id, m.user_id
  UNION ALL
  SELECT e.channel_id, e.user_id, -e.received, -e.broadcast
  FROM unfolded_events e
  WHERE (e.received <> 0 OR e.broadcast <> 0) AND e.user_id > @after AND e.user_id <= @up_to
)
INSERT INTO user_totals AS t (application_id, user_id, received)
SELECT @application, user_id, sum(received)
FROM (
  SELECT user_id, received FROM sent
  UNION ALL
  SELECT user_id, 0 FROM user_totals WHERE application_id = @application AND user_id > @after AND user_id <= @up_to
) s
GROUP BY user_id
ON CONFLICT (application_id, user_id) DO UPDATE SET received = excluded.received
