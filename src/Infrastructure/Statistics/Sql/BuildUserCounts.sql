-- Builds the finest buckets of users from the messages. Subtracts unfolded events, because the fold adds them later.
--
-- @resolution    length of the buckets
-- @first, @end   the buckets start in [@first, @end)
INSERT INTO user_counts (application_id, resolution, start, user_id, received)
SELECT a.id, @resolution, c.start, c.user_id, c.received
FROM applications a
CROSS JOIN LATERAL (
  SELECT d.bucket - (d.bucket % @resolution + @resolution) % @resolution AS start, d.user_id, sum(d.received) AS received
  FROM (
    SELECT floor(extract(epoch FROM m.created_time) / {{bucket_seconds}})::int AS bucket, m.user_id, 1 AS received
    FROM messages m
    WHERE m.application_id = a.id AND m.user_id IS NOT NULL
      AND m.created_time >= to_timestamp(@first * {{bucket_seconds}}.0) AND m.created_time < to_timestamp(@end * {{bucket_seconds}}.0)
    UNION ALL
    SELECT floor(extract(epoch FROM e.sent_at) / {{bucket_seconds}})::int, e.user_id, -e.received
    FROM events e
    WHERE e.application_id = a.id AND e.received <> 0
      AND (e.xid, e.id) > (SELECT p.xid, p.event_id FROM follower_positions p WHERE p.name = 'statistics')
      AND e.sent_at >= to_timestamp(@first * {{bucket_seconds}}.0) AND e.sent_at < to_timestamp(@end * {{bucket_seconds}}.0)
  ) d
  GROUP BY d.bucket - (d.bucket % @resolution + @resolution) % @resolution, d.user_id
  HAVING sum(d.received) <> 0
) c
ORDER BY a.id, c.start, c.user_id
