-- All-time figures of channels by ascending id.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @after, @up_to              ids greater than @after and not greater than @up_to
-- @active                     only channels in this state; null for all
-- @limit                      maximum number of rows; null for all
--
-- Rows: id, active, received, broadcast, users, guests, concurrent_users, concurrent_guests, blacklist (bigint[], ascending).
WITH
{{UnfoldedEvents}},
changes AS (SELECT * FROM unfolded_events),
{{ContributorChanges}},
unfolded_totals AS (
  SELECT e.channel_id, sum(e.received) AS received, sum(e.broadcast) AS broadcast
  FROM unfolded_events e
  GROUP BY e.channel_id
),
concurrent AS (
  SELECT channel_id, count(*) FILTER (WHERE NOT u.is_guest) AS users, count(*) FILTER (WHERE u.is_guest) AS guests
  FROM (
    SELECT DISTINCT s.channel_id, s.user_id
    FROM chat_sessions s
    WHERE s.application_id = @application AND s.end_time IS NULL
      AND s.channel_id > @after AND (s.application_id, s.channel_id) <= (@application, @up_to)
  ) s
  JOIN users u ON u.application_id = @application AND u.id = s.user_id
  GROUP BY channel_id
),
blacklisted AS (
  SELECT b.channel_id, array_agg(b.user_id ORDER BY b.user_id) AS user_ids
  FROM channel_blacklist b
  WHERE b.application_id = @application AND b.channel_id > @after AND (b.application_id, b.channel_id) <= (@application, @up_to)
  GROUP BY b.channel_id
)
SELECT c.id, c.active,
  coalesce(t.received, 0) + coalesce(n.received, 0) AS received,
  coalesce(t.broadcast, 0) + coalesce(n.broadcast, 0) AS broadcast,
  coalesce(t.users, 0) + coalesce(d.users, 0) AS users,
  coalesce(t.guests, 0) + coalesce(d.guests, 0) AS guests,
  coalesce(p.users, 0) AS concurrent_users,
  coalesce(p.guests, 0) AS concurrent_guests,
  coalesce(s.user_ids, '{}') AS blacklist
FROM channels c
LEFT JOIN channel_totals t ON t.application_id = c.application_id AND t.channel_id = c.id
LEFT JOIN unfolded_totals n ON n.channel_id = c.id
LEFT JOIN contributor_deltas d ON d.application_id = c.application_id AND d.channel_id = c.id
LEFT JOIN concurrent p ON p.channel_id = c.id
LEFT JOIN blacklisted s ON s.channel_id = c.id
-- Row comparison and coalesce: with plain comparisons the generic plan would expect few channels.
WHERE c.application_id = @application AND c.deleted_time IS NULL
  AND c.id > @after AND (c.application_id, c.id) <= (@application, @up_to)
  AND coalesce(c.active = @active, true)
ORDER BY c.id
LIMIT @limit
