-- Events that the fold has not processed yet.
--
-- @application   the tenant
-- @folded_xid    a position that the fold has passed; does not change the result, only the estimate of the planner
--
-- Rows: the events, with the bucket in which the message was sent.
unfolded_events AS MATERIALIZED (
  SELECT e.application_id, e.channel_id, e.user_id, e.type, e.sent_at, e.received, e.broadcast,
    floor(extract(epoch FROM e.sent_at) / {{bucket_seconds}})::int AS bucket
  FROM events e
  WHERE e.application_id = @application
    AND (e.xid, e.id) > (SELECT p.xid, p.event_id FROM follower_positions p WHERE p.name = 'statistics')
    AND e.xid >= @folded_xid
)
