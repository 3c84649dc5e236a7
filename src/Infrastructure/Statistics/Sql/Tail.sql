-- What the fold has not come to yet.
--
-- @application   which tenant
-- @folded_xid    a place in the log that the fold passed some time ago: changes nothing, steers the planner
--
-- Rows: the events, with the slot in which a message was sent (quarter-hours since 1970).
tail AS MATERIALIZED (
  SELECT e.application_id, e.channel_id, e.user_id, e.type, e.sent_at, e.received, e.broadcast,
    floor(extract(epoch FROM e.sent_at) / 900)::int AS slot
  FROM events e
  WHERE e.application_id = @application
    AND (e.xid, e.id) > (SELECT p.xid, p.event_id FROM follower_positions p WHERE p.name = 'statistics')
    AND e.xid >= @folded_xid
)
