-- The next events that a follower may read, in commit order: events of transactions older than every running transaction.
--
-- @xid, @event_id   position of the follower, exclusive
-- @limit            maximum number of events
--
-- One row, or none if there are no events: xid, id (of the last event of the batch), events (their number).
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
