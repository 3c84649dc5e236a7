-- Active users, from the messages and the counted sessions.
--
-- @application    the tenant
-- @first, @end    time range in buckets
-- @resolutions    resolutions of the rollup; resolution 0 (sessions that cover a whole bucket) is included always
--
-- Rows of "recount": resolution, start, chunk, users (bits).
recount AS (
  SELECT resolution, start, user_id / {{users_per_chunk}} AS chunk,
    bit_or(set_bit(0::bit({{users_per_chunk}}), (user_id % {{users_per_chunk}})::int, 1)) AS users
  FROM (
    SELECT resolution, d.bucket - (d.bucket % resolution + resolution) % resolution AS start, d.user_id
    FROM (
      SELECT m.user_id, floor(extract(epoch FROM m.created_time) / {{bucket_seconds}})::int AS bucket
      FROM messages m
      WHERE m.application_id = @application AND m.user_id IS NOT NULL AND m.broadcast
        AND m.created_time >= to_timestamp(@first * {{bucket_seconds}}.0) AND m.created_time < to_timestamp(@end * {{bucket_seconds}}.0)
      UNION
      SELECT s.user_id, generate_series(
        greatest(@first, floor(extract(epoch FROM s.created_time) / {{bucket_seconds}})::int),
        least(
          @end - 1,
          floor(extract(epoch FROM greatest(s.end_time - interval '1 microsecond', s.created_time)) / {{bucket_seconds}})::int))
      FROM user_sessions s
      WHERE s.application_id = @application AND s.counted AND s.created_time < to_timestamp(@end * {{bucket_seconds}}.0)
        AND (s.end_time > to_timestamp(@first * {{bucket_seconds}}.0) OR s.created_time >= to_timestamp(@first * {{bucket_seconds}}.0))
    ) d
    CROSS JOIN unnest(@resolutions) AS resolution
    UNION
    SELECT 0, generate_series(
      greatest(@first, ceil(extract(epoch FROM s.created_time) / {{bucket_seconds}})::int),
      least(@end, floor(extract(epoch FROM s.end_time) / {{bucket_seconds}})::int) - 1), s.user_id
    FROM user_sessions s
    WHERE s.application_id = @application AND s.counted AND s.created_time < to_timestamp(@end * {{bucket_seconds}}.0)
      AND s.end_time > to_timestamp(@first * {{bucket_seconds}}.0)
  ) u
  GROUP BY resolution, start, user_id / {{users_per_chunk}}
)
