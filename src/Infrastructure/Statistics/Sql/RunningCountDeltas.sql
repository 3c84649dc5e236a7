-- Increase of the running counts of channels in each day and checkpoint interval.
--
-- @application    the tenant
-- @first, @end    time range in buckets
--
-- Rows of "running_deltas": resolution, start, channel_id, delta; no row for 0.
running_deltas AS (
  SELECT r.resolution, r.start, r.chunk * {{channels_per_chunk}} + c.ordinal - 1 AS channel_id,
    c.count - coalesce(r.before[c.ordinal], 0) AS delta
  FROM (
    SELECT resolution, start, chunk, counts, lag(counts) OVER (
      PARTITION BY chunk, resolution, CASE resolution WHEN {{day}} THEN floor(start / {{checkpoint}}.0) END ORDER BY start) AS before
    FROM channel_running_counts
    WHERE application_id = @application AND (resolution = {{checkpoint}} OR (start >= @first AND start < @end))
  ) r
  CROSS JOIN unnest(r.counts) WITH ORDINALITY AS c(count, ordinal)
  WHERE r.start >= @first AND r.start < @end AND c.count <> coalesce(r.before[c.ordinal], 0)
)
