-- Clears the bits of users in buckets that contain neither messages nor sessions of them any more, after a batch with deleted messages.
--
-- @from_xid, @from_id, @to_xid, @to_id   see Batch.sql
-- @resolutions   resolutions of the rollup, 1 first
WITH
{{Batch}},
inactive_users AS (
  SELECT DISTINCT b.application_id, s.resolution, s.start, b.user_id
  FROM batch b
  CROSS JOIN LATERAL (
    SELECT resolution, b.bucket - (b.bucket % resolution + resolution) % resolution AS start FROM unnest(@resolutions) AS resolution
  ) s
  WHERE b.broadcast < 0 AND NOT EXISTS (
    SELECT FROM messages m
    WHERE m.application_id = b.application_id AND m.user_id = b.user_id AND m.broadcast
      AND m.created_time >= to_timestamp(s.start * {{bucket_seconds}}.0)
      AND m.created_time < to_timestamp((s.start + s.resolution) * {{bucket_seconds}}.0)
  ) AND NOT EXISTS (
    SELECT FROM user_sessions u
    WHERE u.application_id = b.application_id AND u.user_id = b.user_id AND u.counted
      AND u.created_time < to_timestamp((s.start + s.resolution) * {{bucket_seconds}}.0)
      AND (u.end_time > to_timestamp(s.start * {{bucket_seconds}}.0) OR u.created_time >= to_timestamp(s.start * {{bucket_seconds}}.0))
  )
)
UPDATE activity a
SET users = a.users & ~d.users
FROM (
  SELECT application_id, resolution, start, user_id / {{users_per_chunk}} AS chunk,
    bit_or(set_bit(0::bit({{users_per_chunk}}), (user_id % {{users_per_chunk}})::int, 1)) AS users
  FROM inactive_users
  GROUP BY application_id, resolution, start, user_id / {{users_per_chunk}}
) d
WHERE a.application_id = d.application_id AND a.resolution = d.resolution AND a.start = d.start AND a.chunk = d.chunk
