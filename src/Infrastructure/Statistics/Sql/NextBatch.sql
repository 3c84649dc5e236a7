-- The next events that a follower may read: those whose transaction is older than every running one, in commit order.
--
-- @xid, @event_id   the follower's position, exclusive
-- @limit            most events of a batch
--
-- One row, none when there is nothing to read: xid, id (of the last event of the batch), events (how many they are).
WITH batch AS (
  SELECT e.xid, e.id
  FROM events e
  WHERE (e.xid, e.id) > (@xid, @event_id)
    AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
  ORDER BY e.xid, e.id
  LIMIT @limit
)
SELECT b.xid, b.id, count(*) OVER () AS events
FROM batch b
ORDER BY b.xid DESC, b.id DESC
LIMIT 1
