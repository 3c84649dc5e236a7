-- Makes the shortest blocks of users in channels that end in a stretch of time out of the messages, less what the fold will add to them.
--
-- @span          their length in slots
-- @first, @end   the blocks begin in [@first, @end), in slots
INSERT INTO channel_user_counts (application_id, span, start, channel_id, user_id, received)
SELECT a.id, @span, c.start, c.channel_id, c.user_id, c.received
FROM applications a
CROSS JOIN LATERAL (
  SELECT d.slot - (d.slot % @span + @span) % @span AS start, d.channel_id, d.user_id, sum(d.received) AS received
  FROM (
    SELECT floor(extract(epoch FROM m.created_time) / 900)::int AS slot, m.channel_id, m.user_id, 1 AS received
    FROM messages m
    WHERE m.application_id = a.id AND m.user_id IS NOT NULL
      AND m.created_time >= to_timestamp(@first * 900.0) AND m.created_time < to_timestamp(@end * 900.0)
    UNION ALL
    SELECT floor(extract(epoch FROM e.sent_at) / 900)::int, e.channel_id, e.user_id, -e.received
    FROM events e
    WHERE e.application_id = a.id AND e.received <> 0
      AND (e.xid, e.id) > (SELECT p.xid, p.event_id FROM follower_positions p WHERE p.name = 'statistics')
      AND e.sent_at >= to_timestamp(@first * 900.0) AND e.sent_at < to_timestamp(@end * 900.0)
  ) d
  GROUP BY d.slot - (d.slot % @span + @span) % @span, d.channel_id, d.user_id
  HAVING sum(d.received) <> 0
) c
ORDER BY a.id, c.start, c.channel_id, c.user_id
