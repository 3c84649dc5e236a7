-- What those inside of a channel were told, in commit order.
--
-- @application, @channel, @type
-- @since             what was told before is left out
-- @xid, @event_id    the last place read, exclusive
-- @limit
--
-- Rows: xid, id (the place to go on from), payload.
SELECT e.xid, e.id, e.payload
FROM events e
WHERE e.application_id = @application
  AND e.channel_id = @channel
  AND e.type IN ('ephemeral.event', 'ephemeral.keystrokes') -- as the index has it
  AND e.type = @type
  AND (e.xid, e.id) > (@xid, @event_id)
  AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
  AND (e.payload ->> 'at')::timestamptz >= @since
ORDER BY e.xid, e.id
LIMIT @limit
