-- Sets the bits of users with broadcast messages, in the bucket and in the coarser buckets that exist. Checks the messages as well: in
-- commit order the deletion of a message may precede its creation, if the deleting transaction has the lower number.
--
-- @from_xid, @from_id, @to_xid, @to_id   see Batch.sql
-- @resolutions   resolutions of the rollup, 1 first
-- @watermark     coarser buckets exist if they end at or before this bucket
WITH
{{Batch}},
touched AS (
  SELECT DISTINCT b.application_id, s.resolution, s.start, b.user_id
  FROM batch b
  CROSS JOIN LATERAL (
    SELECT resolution, b.bucket - (b.bucket % resolution + resolution) % resolution AS start FROM unnest(@resolutions) AS resolution
  ) s
  WHERE b.user_id IS NOT NULL AND b.broadcast > 0 AND (s.resolution = 1 OR s.start + s.resolution <= @watermark)
)
INSERT INTO activity AS a (application_id, resolution, start, chunk, users)
SELECT t.application_id, t.resolution, t.start, t.user_id / {{users_per_chunk}},
  bit_or(set_bit(0::bit({{users_per_chunk}}), (t.user_id % {{users_per_chunk}})::int, 1))
FROM touched t
WHERE EXISTS (
  SELECT FROM messages m
  WHERE m.application_id = t.application_id AND m.user_id = t.user_id AND m.broadcast
    AND m.created_time >= to_timestamp(t.start * {{bucket_seconds}}.0)
    AND m.created_time < to_timestamp((t.start + t.resolution) * {{bucket_seconds}}.0)
)
GROUP BY t.application_id, t.resolution, t.start, t.user_id / {{users_per_chunk}}
ON CONFLICT (application_id, resolution, start, chunk) DO UPDATE
SET users = a.users | excluded.users
