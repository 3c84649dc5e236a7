-- What the running counts of channels grew by in the days and periods that begin in the slots [@first, @end).
--
-- @application   which tenant
--
-- Rows: span, start, channel_id, gain; none where it is 0.
running_gains AS (
  SELECT r.span, r.start, r.chunk * 128 + c.place - 1 AS channel_id, c.count - coalesce(r.before[c.place], 0) AS gain
  FROM (
    SELECT span, start, chunk, counts, lag(counts) OVER (
      PARTITION BY chunk, span, CASE span WHEN 96 THEN floor(start / 6144.0) END ORDER BY start) AS before
    FROM channel_running_counts
    WHERE application_id = @application AND (span = 6144 OR (start >= @first AND start < @end))
  ) r
  CROSS JOIN unnest(r.counts) WITH ORDINALITY AS c(count, place)
  WHERE r.start >= @first AND r.start < @end AND c.count <> coalesce(r.before[c.place], 0)
)
