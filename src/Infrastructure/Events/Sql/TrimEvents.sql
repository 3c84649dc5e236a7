-- Deletes events that every follower has read and that are older than the retention.
--
-- @older_than   the end of the retention (timestamptz)
-- @limit        the maximum number of events
DELETE FROM events e
USING (
  SELECT application_id, id
  FROM events
  WHERE (xid, id) <= (SELECT p.xid, p.event_id FROM follower_positions p ORDER BY p.xid, p.event_id LIMIT 1)
    AND recorded_time < @older_than
  ORDER BY xid, id
  LIMIT @limit
) old
WHERE e.application_id = old.application_id AND e.id = old.id
