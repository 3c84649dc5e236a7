-- Adds days or checkpoints to the running counts of channels: one row per chunk of channels with messages, and day or checkpoint.
--
-- @resolution, @source_resolution   resolution to build, and resolution of the channel_counts to read
-- @first, @end                      the buckets start in [@first, @end)
WITH
deltas AS (
  SELECT a.id AS application_id, c.channel_id, @resolution AS resolution, c.start, c.delta
  FROM applications a
  CROSS JOIN LATERAL (
    SELECT c.channel_id, floor(c.start / @resolution::numeric)::int * @resolution AS start, sum(c.broadcast) AS delta
    FROM channel_counts c
    WHERE c.application_id = a.id AND c.resolution = @source_resolution AND c.start >= @first AND c.start < @end
    GROUP BY 1, 2
    HAVING sum(c.broadcast) <> 0
  ) c
),
{{AddRunningCounts}}
