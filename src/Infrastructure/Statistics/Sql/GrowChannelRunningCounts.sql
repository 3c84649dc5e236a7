-- Adds the days, or the periods, that end in a stretch of time to the running counts of channels: a row for each chunk of 128 channels that
-- got something, and day or period.
--
-- @span, @shorter   lengths in slots: of a day or period, and of the blocks that it is summed from
-- @first, @end      the days begin in [@first, @end), in slots
WITH
gains AS (
  SELECT a.id AS application_id, c.channel_id, @span AS span, c.start, c.gain
  FROM applications a
  CROSS JOIN LATERAL (
    SELECT c.channel_id, floor(c.start / @span::numeric)::int * @span AS start, sum(c.broadcast) AS gain
    FROM channel_counts c
    WHERE c.application_id = a.id AND c.span = @shorter AND c.start >= @first AND c.start < @end
    GROUP BY 1, 2
    HAVING sum(c.broadcast) <> 0
  ) c
),
{{AddRunningCounts}}
