-- Recounts the totals of a range of channels from the messages and contributors. Deleted channels keep their type, with zeros.
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
),
counted AS (SELECT channel_id, sum(received) AS received, sum(broadcast) AS broadcast FROM sent GROUP BY channel_id),
contributor_counts AS (
  SELECT c.channel_id, count(*) FILTER (WHERE NOT c.is_guest) AS users, count(*) FILTER (WHERE c.is_guest) AS guests
  FROM channel_contributors c
  WHERE c.application_id = @application AND c.channel_id > @after AND c.channel_id <= @up_to AND (c.is_member OR c.received > 0)
  GROUP BY c.channel_id
),
affected AS (
  SELECT channel_id FROM counted
  UNION
  SELECT channel_id FROM contributor_counts
  UNION
  SELECT channel_id FROM channel_totals WHERE application_id = @application AND channel_id > @after AND channel_id <= @up_to
)
INSERT INTO channel_totals AS t (application_id, channel_id, type, received, broadcast, users, guests)
SELECT @application, channel_id, c.type,
  coalesce(n.received, 0), coalesce(n.broadcast, 0), coalesce(h.users, 0), coalesce(h.guests, 0)
FROM affected
LEFT JOIN counted n USING (channel_id)
LEFT JOIN contributor_counts h USING (channel_id)
LEFT JOIN channels c ON c.application_id = @application AND c.id = channel_id
ON CONFLICT (application_id, channel_id) DO UPDATE
SET received = excluded.received, broadcast = excluded.broadcast, users = excluded.users, guests = excluded.guests,
  type = coalesce(t.type, excluded.type)
