-- Clears the bits of deleted users in buckets that contain neither messages nor sessions of them any more. Deleting a user deletes the
-- user's sessions.
--
-- @from_xid, @from_id, @to_xid, @to_id   see Batch.sql
WITH
{{Batch}},
deleted_users AS (
  SELECT DISTINCT application_id, user_id FROM batch WHERE type = 'user.deleted'
),
inactive_users AS (
  SELECT a.application_id, a.resolution, a.start, a.chunk, f.user_id
  FROM deleted_users f
  JOIN activity a ON a.application_id = f.application_id AND a.chunk = f.user_id / {{users_per_chunk}}
  WHERE get_bit(a.users, (f.user_id % {{users_per_chunk}})::int) = 1 AND NOT EXISTS (
    SELECT FROM messages m
    WHERE m.application_id = a.application_id AND m.user_id = f.user_id AND m.broadcast
      AND m.created_time >= to_timestamp(a.start * {{bucket_seconds}}.0)
      AND m.created_time < to_timestamp((a.start + a.resolution) * {{bucket_seconds}}.0)
  ) AND NOT EXISTS (
    SELECT FROM user_sessions u
    WHERE u.application_id = a.application_id AND u.user_id = f.user_id AND u.counted AND CASE a.resolution
      WHEN 0 THEN u.created_time <= to_timestamp(a.start * {{bucket_seconds}}.0)
        AND u.end_time >= to_timestamp((a.start + 1) * {{bucket_seconds}}.0)
      ELSE u.created_time < to_timestamp((a.start + a.resolution) * {{bucket_seconds}}.0)
        AND (u.end_time > to_timestamp(a.start * {{bucket_seconds}}.0) OR u.created_time >= to_timestamp(a.start * {{bucket_seconds}}.0))
      END
  )
)
UPDATE activity a
SET users = a.users & ~d.users
FROM (
  SELECT application_id, resolution, start, chunk,
    bit_or(set_bit(0::bit({{users_per_chunk}}), (user_id % {{users_per_chunk}})::int, 1)) AS users
  FROM inactive_users
  GROUP BY application_id, resolution, start, chunk
) d
WHERE a.application_id = d.application_id AND a.resolution = d.resolution AND a.start = d.start AND a.chunk = d.chunk
