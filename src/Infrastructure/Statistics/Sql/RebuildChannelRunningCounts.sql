-- Corrects the running counts of channels in a time range, and the checkpoints after it, from the buckets of 6 hours. Does not change
-- correct rows.
--
-- @application   the tenant
-- @first, @end   time range in buckets; whole checkpoint intervals
-- @resolutions   resolutions of the rollup
WITH
{{RunningCountDeltas}},
counted AS (
  SELECT l.resolution, c.start - (c.start % l.resolution + l.resolution) % l.resolution AS start, c.channel_id, sum(c.broadcast) AS delta
  FROM channel_counts c
  CROSS JOIN unnest(@resolutions) AS l(resolution)
  WHERE c.application_id = @application AND c.resolution = {{six_hours}} AND c.start >= @first AND c.start < @end
    AND c.start - (c.start % l.resolution + l.resolution) % l.resolution + l.resolution <= (SELECT watermark FROM rollup_state)
  GROUP BY 1, 2, 3
),
deltas AS (
  SELECT @application AS application_id, channel_id, resolution, start, coalesce(c.delta, 0) - coalesce(s.delta, 0) AS delta
  FROM counted c
  FULL JOIN running_deltas s USING (resolution, start, channel_id)
  WHERE coalesce(c.delta, 0) <> coalesce(s.delta, 0)
),
{{AddRunningCounts}}
