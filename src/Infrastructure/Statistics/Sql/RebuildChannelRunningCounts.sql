-- Corrects the running counts of channels in a stretch of time, and the periods that follow it, by what their blocks of 6 hours say.
-- Rows that are right stay untouched.
--
-- @application   which tenant
-- @first, @end   the stretch, whole periods, in slots
-- @spans         lengths of days and periods in slots
WITH
{{RunningGains}},
counted AS (
  SELECT l.span, c.start - (c.start % l.span + l.span) % l.span AS start, c.channel_id, sum(c.broadcast) AS gain
  FROM channel_counts c
  CROSS JOIN unnest(@spans) AS l(span)
  WHERE c.application_id = @application AND c.span = 24 AND c.start >= @first AND c.start < @end
    AND c.start - (c.start % l.span + l.span) % l.span + l.span <= (SELECT watermark FROM rollup_state)
  GROUP BY 1, 2, 3
),
gains AS (
  SELECT @application AS application_id, channel_id, span, start, coalesce(c.gain, 0) - coalesce(s.gain, 0) AS gain
  FROM counted c
  FULL JOIN running_gains s USING (span, start, channel_id)
  WHERE coalesce(c.gain, 0) <> coalesce(s.gain, 0)
),
{{AddRunningCounts}}
