-- Sets the bits of users whose sessions have ended, in every existing bucket that a session overlaps, and with resolution 0 in every bucket
-- of 15 minutes that it covers completely. Marks the sessions as counted.
--
-- @resolutions   resolutions of the rollup, 1 first
-- @watermark     coarser buckets exist if they end at or before this bucket
-- @limit         maximum number of sessions
--
-- One row: number of sessions.
WITH ended AS (
  UPDATE user_sessions s
  SET counted = true
  FROM (
    SELECT application_id, id FROM user_sessions WHERE NOT counted AND end_time IS NOT NULL LIMIT @limit
  ) next
  WHERE s.application_id = next.application_id AND s.id = next.id
  RETURNING s.application_id, s.user_id, s.created_time, s.end_time,
    floor(extract(epoch FROM s.created_time) / {{bucket_seconds}})::int AS first_bucket,
    floor(extract(epoch FROM greatest(s.end_time - interval '1 microsecond', s.created_time)) / {{bucket_seconds}})::int AS last_bucket
),
buckets AS (
  SELECT c.application_id, s.resolution, start, c.user_id
  FROM ended c
  CROSS JOIN unnest(@resolutions) AS s(resolution)
  CROSS JOIN LATERAL generate_series(
    c.first_bucket - (c.first_bucket % s.resolution + s.resolution) % s.resolution, c.last_bucket, s.resolution) AS start
  WHERE s.resolution = 1 OR start + s.resolution <= @watermark
  UNION
  SELECT c.application_id, 0, start, c.user_id
  FROM ended c
  CROSS JOIN LATERAL generate_series(
    ceil(extract(epoch FROM c.created_time) / {{bucket_seconds}})::int,
    floor(extract(epoch FROM c.end_time) / {{bucket_seconds}})::int - 1) AS start
),
bits AS (
  INSERT INTO activity AS a (application_id, resolution, start, chunk, users)
  SELECT application_id, resolution, start, user_id / {{users_per_chunk}},
    bit_or(set_bit(0::bit({{users_per_chunk}}), (user_id % {{users_per_chunk}})::int, 1))
  FROM buckets
  GROUP BY application_id, resolution, start, user_id / {{users_per_chunk}}
  ON CONFLICT (application_id, resolution, start, chunk) DO UPDATE
  SET users = a.users | excluded.users
),
new_state AS (
  UPDATE rollup_state s
  SET first_bucket = c.first_bucket
  FROM (SELECT min(first_bucket) AS first_bucket FROM ended) c
  WHERE c.first_bucket < s.first_bucket
)
SELECT count(*) FROM ended
