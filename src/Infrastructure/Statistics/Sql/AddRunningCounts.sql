-- Adds to the running counts of channels: each gain to its day and to all days that follow it in the period of 256 days.
--
-- gains   application_id, channel_id, day (since 1970), gain; one row a channel and day
INSERT INTO channel_running_counts AS t (application_id, period, channel_id, counts)
SELECT g.application_id, g.period, g.channel_id,
  CASE WHEN cardinality(g.days) = 1 THEN array_fill(0, ARRAY[g.days[1] - 1]) || array_fill(g.gains[1], ARRAY[257 - g.days[1]])
  ELSE ARRAY(
    SELECT coalesce(sum(gained.gain) OVER (ORDER BY day), 0)::int
    FROM generate_series(1, 256) AS day
    LEFT JOIN unnest(g.days, g.gains) AS gained(day, gain) USING (day)
    ORDER BY day
  ) END
FROM (
  SELECT application_id, floor(day / 256.0)::int AS period, channel_id,
    array_agg(day - floor(day / 256.0)::int * 256 + 1) AS days, array_agg(gain::int) AS gains
  FROM gains
  GROUP BY 1, 2, 3
  ORDER BY 1, 2, 3
) g
ON CONFLICT (application_id, period, channel_id) DO UPDATE
SET counts = ARRAY(SELECT c.old + c.gained FROM unnest(t.counts, excluded.counts) AS c(old, gained))
