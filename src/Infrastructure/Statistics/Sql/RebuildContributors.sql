-- Inserts the contributors of a range of channels. The caller deletes the old rows in the same transaction.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @after, @up_to              channel ids greater than @after and not greater than @up_to
WITH
{{UnfoldedEvents}},
sent AS (
  SELECT m.channel_id, m.user_id, count(*) AS received, count(*) FILTER (WHERE m.broadcast) AS broadcast
  FROM messages m
  WHERE m.application_id = @application AND m.user_id IS NOT NULL AND m.channel_id > @after AND m.channel_id <= @up_to
  GROUP BY m.channel_id, m.user_id
  UNION ALL
  SELECT e.channel_id, e.user_id, -e.received, -e.broadcast
  FROM unfolded_events e
  WHERE (e.received <> 0 OR e.broadcast <> 0) AND e.channel_id > @after AND e.channel_id <= @up_to
)
INSERT INTO channel_contributors (application_id, channel_id, user_id, received, is_member, is_guest)
SELECT @application, channel_id, user_id, coalesce(s.received, 0), m.user_id IS NOT NULL, coalesce(u.is_guest, false)
FROM (SELECT channel_id, user_id, sum(received) AS received FROM sent GROUP BY channel_id, user_id HAVING sum(received) <> 0) s
FULL JOIN (
  SELECT channel_id, user_id
  FROM channel_members
  WHERE application_id = @application AND channel_id > @after AND channel_id <= @up_to
) m USING (channel_id, user_id)
LEFT JOIN users u ON u.application_id = @application AND u.id = user_id
