-- Adds the days that end in a stretch of time to the running counts of channels: to a row for each channel and period.
--
-- @span, @shorter   lengths in slots: of a day, and of what it is summed from
-- @first, @end      the days begin in [@first, @end), in slots
WITH gains AS (
  SELECT a.id AS application_id, c.channel_id, c.day, c.gain
  FROM applications a
  CROSS JOIN LATERAL (
    SELECT c.channel_id, floor(c.start / @span::numeric)::int AS day, sum(c.broadcast) AS gain
    FROM channel_counts c
    WHERE c.application_id = a.id AND c.span = @shorter AND c.start >= @first AND c.start < @end
    GROUP BY 1, 2
    HAVING sum(c.broadcast) <> 0
  ) c
)
{{AddRunningCounts}}
