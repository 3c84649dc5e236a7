-- Deletes ephemeral events that are too old to be read and that every follower has passed.
--
-- @older_than   the end of the retention (timestamptz)
DELETE FROM events
WHERE type IN ('ephemeral.event', 'ephemeral.keystrokes') -- the filter of the index
  AND (xid, id) <= (SELECT p.xid, p.event_id FROM follower_positions p ORDER BY p.xid, p.event_id LIMIT 1)
  AND (payload ->> 'at')::timestamptz < @older_than
