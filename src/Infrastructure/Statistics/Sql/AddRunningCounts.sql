-- Adds to the running counts of channels: each gain to its block and to all that follow it in the period of 128 blocks.
--
-- gains   application_id, channel_id, block (of 384 slots, since 1970), gain; one row a channel and block
INSERT INTO channel_running_counts AS t (application_id, period, channel_id, counts)
SELECT g.application_id, g.period, g.channel_id, ARRAY(
  SELECT coalesce(sum(b.gain) OVER (ORDER BY place), 0)::int
  FROM generate_series(1, 128) AS place
  LEFT JOIN unnest(g.places, g.gains) AS b(place, gain) USING (place)
  ORDER BY place
)
FROM (
  SELECT application_id, floor(block / 128.0)::int AS period, channel_id,
    array_agg(block - floor(block / 128.0)::int * 128 + 1) AS places, array_agg(gain) AS gains
  FROM gains
  GROUP BY 1, 2, 3
  ORDER BY 1, 2, 3
) g
ON CONFLICT (application_id, period, channel_id) DO UPDATE
SET counts = ARRAY(SELECT c.old + c.gained FROM unnest(t.counts, excluded.counts) AS c(old, gained))
