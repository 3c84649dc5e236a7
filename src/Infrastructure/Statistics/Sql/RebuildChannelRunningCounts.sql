-- Running counts of channels of a stretch of time made anew from their blocks of 6 hours, a row for each channel and period; the old ones were
-- removed just before.
--
-- @application   which tenant
-- @first, @end   the stretch, whole periods, in slots
WITH gains AS (
  SELECT c.application_id, c.channel_id, floor(c.start / 96.0)::int AS day, sum(c.broadcast) AS gain
  FROM channel_counts c
  WHERE c.application_id = @application AND c.span = 24 AND c.start >= @first AND c.start < @end
    AND (floor(c.start / 96.0) + 1) * 96 <= (SELECT watermark FROM rollup_state)
  GROUP BY 1, 2, 3
  HAVING sum(c.broadcast) <> 0
)
{{AddRunningCounts}}
