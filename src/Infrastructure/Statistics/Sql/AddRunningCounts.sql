-- Adds to the running counts of channels: each gain to the row of its day or period and to those that follow it, a day's within its period.
--
-- gains   application_id, channel_id, span (96 or 6144), start, gain; one row a channel, span and start
placed AS (
  SELECT application_id, channel_id / 128 AS chunk, span, start, (channel_id % 128)::int + 1 AS place, gain,
    -- Where the count began, and where it begins anew.
    CASE span WHEN 96 THEN floor(start / 6144.0)::int * 6144 ELSE -100000000 END AS origin,
    CASE span WHEN 96 THEN (floor(start / 6144.0)::int + 1) * 6144 ELSE 300000000 END AS until
  FROM gains
),
changed AS (
  SELECT application_id, chunk, span, origin, start FROM placed
  UNION
  SELECT r.application_id, r.chunk, r.span, p.origin, r.start
  FROM (SELECT application_id, chunk, span, origin, until, min(start) AS first FROM placed GROUP BY 1, 2, 3, 4, 5) p
  CROSS JOIN LATERAL (
    SELECT *
    FROM channel_running_counts r
    WHERE r.application_id = p.application_id AND r.chunk = p.chunk AND r.span = p.span AND r.start > p.first AND r.start < p.until
    OFFSET 0
  ) r
),
added AS (
  SELECT application_id, chunk, span, origin, start, array_agg(gained ORDER BY place) AS counts
  FROM (
    SELECT application_id, chunk, span, origin, start, place,
      (sum(sum(gain)) OVER (PARTITION BY application_id, chunk, span, origin, place ORDER BY start))::bigint AS gained
    FROM (
      SELECT application_id, chunk, span, origin, start, place, gain FROM placed
      UNION ALL
      SELECT c.application_id, c.chunk, c.span, c.origin, c.start, n.place, 0 FROM changed c CROSS JOIN generate_series(1, 128) AS n(place)
    ) g
    GROUP BY application_id, chunk, span, origin, start, place
  ) g
  GROUP BY application_id, chunk, span, origin, start
)
INSERT INTO channel_running_counts AS t (application_id, chunk, span, start, counts)
SELECT a.application_id, a.chunk, a.span, a.start, ARRAY(
  SELECT gained + coalesce(stood, 0) FROM unnest(a.counts, o.counts) WITH ORDINALITY AS c(gained, stood, place) ORDER BY place
)
FROM added a
LEFT JOIN LATERAL (
  SELECT r.counts
  FROM channel_running_counts r
  WHERE r.application_id = a.application_id AND r.chunk = a.chunk AND r.span = a.span AND r.start >= a.origin AND r.start <= a.start
  ORDER BY r.start DESC
  LIMIT 1
) o ON true
ORDER BY a.application_id, a.chunk, a.span, a.start
ON CONFLICT (application_id, chunk, span, start) DO UPDATE
SET counts = excluded.counts
