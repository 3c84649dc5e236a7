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
-- The rows that change, new ones too, and the places that change in them.
changed AS (
  SELECT g.application_id, g.chunk, g.span, g.origin, s.start, unnest(g.places) AS place
  FROM (
    SELECT application_id, chunk, span, origin, until, array_agg(DISTINCT start) AS starts, array_agg(DISTINCT place) AS places
    FROM placed
    GROUP BY application_id, chunk, span, origin, until
  ) g
  CROSS JOIN LATERAL (
    SELECT unnest(g.starts) AS start
    UNION
    SELECT r.start
    FROM channel_running_counts r
    WHERE r.application_id = g.application_id AND r.chunk = g.chunk AND r.span = g.span AND r.start > g.starts[1] AND r.start < g.until
  ) s
),
added AS (
  SELECT application_id, chunk, span, origin, start, array_agg(place ORDER BY place) AS places, array_agg(gained ORDER BY place) AS gained
  FROM (
    SELECT application_id, chunk, span, origin, start, place,
      (sum(sum(gain)) OVER (PARTITION BY application_id, chunk, span, origin, place ORDER BY start))::bigint AS gained
    FROM (
      SELECT application_id, chunk, span, origin, start, place, gain FROM placed
      UNION ALL
      SELECT application_id, chunk, span, origin, start, place, 0 FROM changed
    ) g
    GROUP BY application_id, chunk, span, origin, start, place
  ) g
  GROUP BY application_id, chunk, span, origin, start
)
INSERT INTO channel_running_counts AS t (application_id, chunk, span, start, counts)
SELECT a.application_id, a.chunk, a.span, a.start, ARRAY(
  SELECT coalesce(o.counts[place], 0) + coalesce(a.gained[array_position(a.places, place)], 0) FROM generate_series(1, 128) AS place
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
