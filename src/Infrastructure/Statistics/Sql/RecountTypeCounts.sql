-- Buckets of channel types, counted from the messages. Subtracts unfolded events: the rollups do not contain them yet.
--
-- @application    the tenant
-- @first, @end    time range in buckets
-- @resolutions    resolutions of the rollup
--
-- Rows of "recount": resolution, start, type, n.
recount AS (
  SELECT resolution, d.bucket - (d.bucket % resolution + resolution) % resolution AS start, d.type, sum(d.n) AS n
  FROM (
    SELECT c.type, floor(extract(epoch FROM m.created_time) / {{bucket_seconds}})::int AS bucket, count(*) AS n
    FROM messages m
    JOIN channels c ON c.application_id = m.application_id AND c.id = m.channel_id
    WHERE m.application_id = @application AND m.user_id IS NOT NULL AND m.broadcast
      AND m.created_time >= to_timestamp(@first * {{bucket_seconds}}.0) AND m.created_time < to_timestamp(@end * {{bucket_seconds}}.0)
    GROUP BY 1, 2
    UNION ALL
    SELECT coalesce(k.type, c.type), e.bucket, -e.broadcast
    FROM unfolded_events e
    LEFT JOIN channel_totals k ON k.application_id = e.application_id AND k.channel_id = e.channel_id
    LEFT JOIN channels c ON c.application_id = e.application_id AND c.id = e.channel_id
    WHERE e.broadcast <> 0 AND coalesce(k.type, c.type) IS NOT NULL AND e.bucket >= @first AND e.bucket < @end
  ) d
  CROSS JOIN unnest(@resolutions) AS resolution
  GROUP BY resolution, d.bucket - (d.bucket % resolution + resolution) % resolution, d.type
)
