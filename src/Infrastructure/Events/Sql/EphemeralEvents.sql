-- Ephemeral events of a channel, in commit order.
--
-- @application, @channel, @type
-- @since             excludes older events (timestamptz)
-- @xid, @event_id    the last position read, exclusive
-- @limit
--
-- Rows: xid, id (the position to continue from), payload.
SELECT e.xid, e.id, e.payload
FROM events e
WHERE e.application_id = @application
  AND e.channel_id = @channel
  AND e.type IN ('ephemeral.event', 'ephemeral.keystrokes') -- the filter of the index
  AND e.type = @type
  AND (e.xid, e.id) > (@xid, @event_id)
  AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
  AND (e.payload ->> 'at')::timestamptz >= @since
ORDER BY e.xid, e.id
LIMIT @limit
