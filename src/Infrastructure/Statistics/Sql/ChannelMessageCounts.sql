-- Messages broadcast per channel in a period (data point 1) and in the previous period (data point 0). Needs "unfolded_events".
--
-- @application                         the tenant
-- @range_point, @range_resolution,     bucket ranges: buckets of a resolution that start in [@range_first, @range_end), for a data point.
--   @range_first, @range_end           Days ({{day}}) are read as differences of running counts.
-- @partial_point, @partial_from,       partial buckets: intervals (timestamptz, [from, to)) that no bucket covers; counted from the
--   @partial_to                        messages
-- @full_point, @full_from, @full_to    full buckets: ranges [from, to) of buckets that lie completely in a data point, ascending. Unfolded
--                                      events are counted in these; partial buckets contain them already.
--
-- Rows of "channel_message_counts": channel_id, messages, before; no row for a channel without messages.
running_counts AS (
  SELECT channel_id,
    coalesce(end_days, 0) + coalesce(end_checkpoints, 0) - coalesce(start_days, 0) - coalesce(start_checkpoints, 0) AS messages,
    coalesce(previous_end_days, 0) + coalesce(previous_end_checkpoints, 0)
      - coalesce(previous_start_days, 0) - coalesce(previous_start_checkpoints, 0) AS before
  FROM (
    WITH RECURSIVE chunks AS (
      (SELECT chunk FROM channel_running_counts WHERE application_id = @application ORDER BY chunk LIMIT 1)
      UNION ALL
      SELECT n.chunk
      FROM chunks c
      CROSS JOIN LATERAL (
        SELECT r.chunk FROM channel_running_counts r WHERE r.application_id = @application AND r.chunk > c.chunk ORDER BY r.chunk LIMIT 1
      ) n
    )
    -- There is one row per chunk and bound, so max takes the only value.
    SELECT c.chunk * {{channels_per_chunk}} + generate_series(0, {{channels_per_chunk}} - 1) AS channel_id,
      unnest(max(c.days) FILTER (WHERE c.point = 1 AND c.is_end)) AS end_days,
      unnest(max(c.checkpoints) FILTER (WHERE c.point = 1 AND c.is_end)) AS end_checkpoints,
      unnest(max(c.days) FILTER (WHERE c.point = 1 AND NOT c.is_end)) AS start_days,
      unnest(max(c.checkpoints) FILTER (WHERE c.point = 1 AND NOT c.is_end)) AS start_checkpoints,
      unnest(max(c.days) FILTER (WHERE c.point = 0 AND c.is_end)) AS previous_end_days,
      unnest(max(c.checkpoints) FILTER (WHERE c.point = 0 AND c.is_end)) AS previous_end_checkpoints,
      unnest(max(c.days) FILTER (WHERE c.point = 0 AND NOT c.is_end)) AS previous_start_days,
      unnest(max(c.checkpoints) FILTER (WHERE c.point = 0 AND NOT c.is_end)) AS previous_start_checkpoints
    FROM (
      SELECT k.chunk, r.point, m.is_end,
        (
          SELECT c.counts
          FROM channel_running_counts c
          WHERE c.application_id = @application AND c.chunk = k.chunk AND c.resolution = {{day}}
            AND c.start >= floor(m.bucket / {{checkpoint}}.0)::int * {{checkpoint}} AND c.start < m.bucket
          ORDER BY c.start DESC
          LIMIT 1
        ) AS days,
        (
          SELECT c.counts
          FROM channel_running_counts c
          WHERE c.application_id = @application AND c.chunk = k.chunk AND c.resolution = {{checkpoint}}
            AND c.start <= m.bucket - {{checkpoint}}
          ORDER BY c.start DESC
          LIMIT 1
        ) AS checkpoints
      FROM unnest(@range_point, @range_resolution, @range_first, @range_end) AS r(point, resolution, first, "end")
      CROSS JOIN LATERAL (VALUES (false, r.first), (true, r."end")) AS m(is_end, bucket)
      CROSS JOIN chunks k
      WHERE r.resolution = {{day}}
    ) c
    GROUP BY c.chunk
  ) c
),
bucket_counts AS (
  SELECT channel_id, sum(messages) AS messages, sum(before) AS before
  FROM (
    SELECT c.channel_id, c.broadcast * r.point AS messages, c.broadcast * (1 - r.point) AS before
    FROM unnest(@range_point, @range_resolution, @range_first, @range_end) AS r(point, resolution, first, "end")
    CROSS JOIN LATERAL (
      SELECT c.channel_id, c.broadcast
      FROM channel_counts c
      WHERE c.application_id = @application AND c.resolution = r.resolution AND c.start >= r.first AND c.start < r."end"
      OFFSET 0
    ) c
    UNION ALL
    SELECT e.channel_id, e.broadcast::int * (@full_point)[w.ordinal], e.broadcast::int * (1 - (@full_point)[w.ordinal])
    FROM unfolded_events e
    CROSS JOIN LATERAL (SELECT width_bucket(e.bucket, @full_from) AS ordinal) w
    WHERE e.broadcast <> 0 AND w.ordinal > 0 AND e.bucket < (@full_to)[w.ordinal]
    UNION ALL
    SELECT m.channel_id, p.point, 1 - p.point
    FROM unnest(@partial_point, @partial_from, @partial_to) AS p(point, "from", "to")
    CROSS JOIN LATERAL (
      SELECT m.channel_id
      FROM messages m
      WHERE m.application_id = @application AND m.created_time >= p."from" AND m.created_time < p."to"
        AND m.broadcast AND m.user_id IS NOT NULL
      OFFSET 0
    ) m
  ) o
  GROUP BY channel_id
),
channel_message_counts AS (
  SELECT channel_id,
    coalesce(r.messages, 0) + coalesce(o.messages, 0) AS messages,
    coalesce(r.before, 0) + coalesce(o.before, 0) AS before
  FROM running_counts r
  FULL JOIN bucket_counts o USING (channel_id)
  WHERE coalesce(r.messages, 0) + coalesce(o.messages, 0) <> 0 OR coalesce(r.before, 0) + coalesce(o.before, 0) <> 0
)
