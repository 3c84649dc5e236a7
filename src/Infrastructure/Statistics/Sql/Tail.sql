-- What the fold has not come to yet. The second bound only steers the planner: a place that the fold passed some time ago.
tail AS MATERIALIZED (
  SELECT e.application_id, e.channel_id, e.user_id, e.type, e.sent_at, e.received, e.broadcast,
    floor(extract(epoch FROM e.sent_at) / 900)::int AS slot
  FROM events e
  WHERE e.application_id = @application
    AND (e.xid, e.id) > (SELECT p.xid, p.event_id FROM follower_positions p WHERE p.name = 'statistics')
    AND e.xid >= @folded_xid
)
