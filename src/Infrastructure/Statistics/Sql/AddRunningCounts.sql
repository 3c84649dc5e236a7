-- Adds "deltas" to the running counts of channels. Each delta changes the row of its day or checkpoint and all later rows that include it:
-- for a day, those up to the next checkpoint.
--
-- Rows of "deltas": application_id, channel_id, resolution ({{day}} or {{checkpoint}}), start, delta; one row per channel, resolution
-- and start.
placed AS (
  SELECT application_id, channel_id / {{channels_per_chunk}} AS chunk, resolution, start,
    (channel_id % {{channels_per_chunk}})::int + 1 AS ordinal, delta,
    -- Start of the count, and of the next count.
    CASE resolution WHEN {{day}} THEN floor(start / {{checkpoint}}.0)::int * {{checkpoint}} ELSE {{min_bucket}} END AS origin,
    CASE resolution WHEN {{day}} THEN (floor(start / {{checkpoint}}.0)::int + 1) * {{checkpoint}} ELSE {{max_bucket}} END AS next_origin
  FROM deltas
),
-- Rows that change, including new ones, with the array elements that change in them.
changed AS (
  SELECT g.application_id, g.chunk, g.resolution, g.origin, s.start, unnest(g.ordinals) AS ordinal
  FROM (
    SELECT application_id, chunk, resolution, origin, next_origin,
      array_agg(DISTINCT start) AS starts, array_agg(DISTINCT ordinal) AS ordinals
    FROM placed
    GROUP BY application_id, chunk, resolution, origin, next_origin
  ) g
  CROSS JOIN LATERAL (
    SELECT unnest(g.starts) AS start
    UNION
    SELECT r.start
    FROM channel_running_counts r
    WHERE r.application_id = g.application_id AND r.chunk = g.chunk AND r.resolution = g.resolution
      AND r.start > g.starts[1] AND r.start < g.next_origin
  ) s
),
added AS (
  SELECT application_id, chunk, resolution, origin, start,
    array_agg(ordinal ORDER BY ordinal) AS ordinals, array_agg(delta_sum ORDER BY ordinal) AS delta_sums
  FROM (
    SELECT application_id, chunk, resolution, origin, start, ordinal,
      (sum(sum(delta)) OVER (PARTITION BY application_id, chunk, resolution, origin, ordinal ORDER BY start))::bigint AS delta_sum
    FROM (
      SELECT application_id, chunk, resolution, origin, start, ordinal, delta FROM placed
      UNION ALL
      SELECT application_id, chunk, resolution, origin, start, ordinal, 0 FROM changed
    ) g
    GROUP BY application_id, chunk, resolution, origin, start, ordinal
  ) g
  GROUP BY application_id, chunk, resolution, origin, start
)
INSERT INTO channel_running_counts AS t (application_id, chunk, resolution, start, counts)
SELECT a.application_id, a.chunk, a.resolution, a.start, ARRAY(
  SELECT coalesce(o.counts[ordinal], 0) + coalesce(a.delta_sums[array_position(a.ordinals, ordinal)], 0)
  FROM generate_series(1, {{channels_per_chunk}}) AS ordinal
)
FROM added a
LEFT JOIN LATERAL (
  SELECT r.counts
  FROM channel_running_counts r
  WHERE r.application_id = a.application_id AND r.chunk = a.chunk AND r.resolution = a.resolution
    AND r.start >= a.origin AND r.start <= a.start
  ORDER BY r.start DESC
  LIMIT 1
) o ON true
ORDER BY a.application_id, a.chunk, a.resolution, a.start
ON CONFLICT (application_id, chunk, resolution, start) DO UPDATE
SET counts = excluded.counts
