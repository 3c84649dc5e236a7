-- Buckets of channels, counted from the messages. Subtracts unfolded events: the rollups do not contain them yet.
--
-- @application    the tenant
-- @first, @end    time range in buckets
-- @resolutions    resolutions of the rollup
--
-- Rows of "recount": resolution, start, channel_id, n.
recount AS (
  SELECT resolution, d.bucket - (d.bucket % resolution + resolution) % resolution AS start, d.channel_id, sum(d.n) AS n
  FROM (
    SELECT m.channel_id, floor(extract(epoch FROM m.created_time) / {{bucket_seconds}})::int AS bucket, count(*) AS n
    FROM messages m
    WHERE m.application_id = @application AND m.user_id IS NOT NULL AND m.broadcast
      AND m.created_time >= to_timestamp(@first * {{bucket_seconds}}.0) AND m.created_time < to_timestamp(@end * {{bucket_seconds}}.0)
    GROUP BY 1, 2
    UNION ALL
    SELECT e.channel_id, e.bucket, -e.broadcast
    FROM unfolded_events e
    WHERE e.broadcast <> 0 AND e.bucket >= @first AND e.bucket < @end
  ) d
  CROSS JOIN unnest(@resolutions) AS resolution
  GROUP BY resolution, d.bucket - (d.bucket % resolution + resolution) % resolution, d.channel_id
)
