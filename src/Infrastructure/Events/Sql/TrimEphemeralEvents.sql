-- Removes what those inside of channels were told, once it is too old to be read and every follower has passed it.
--
-- @older_than   what was told before goes (timestamptz)
DELETE FROM events
WHERE type IN ('ephemeral.event', 'ephemeral.keystrokes') -- as the index has it
  AND (xid, id) <= (SELECT p.xid, p.event_id FROM follower_positions p ORDER BY p.xid, p.event_id LIMIT 1)
  AND (payload ->> 'at')::timestamptz < @older_than
