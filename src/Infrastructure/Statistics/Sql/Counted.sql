-- Messages broadcast a channel in a period (bucket 1) and in the one before it (bucket 0).
--
-- @application                          which tenant
-- @bucket, @span, @first, @end          runs of blocks that cover the buckets: blocks of @span slots that begin in [@first, @end); days (of
--                                       96 slots) are read as differences of running counts
-- @end_bucket, @end_from, @end_to       stretches of the buckets that no block covers (timestamptz, [from, to))
-- @whole_bucket, @whole_from, @whole_to the slots [from, to) that the buckets hold whole, ascending, in which the tail counts
--
-- Rows: channel_id, messages, before; none for channels without any.
running AS (
  SELECT channel_id,
    coalesce(until_days, 0) + coalesce(until_periods, 0) - coalesce(from_days, 0) - coalesce(from_periods, 0) AS messages,
    coalesce(before_until_days, 0) + coalesce(before_until_periods, 0)
      - coalesce(before_from_days, 0) - coalesce(before_from_periods, 0) AS before
  FROM (
    WITH RECURSIVE chunks AS (
      (SELECT chunk FROM channel_running_counts WHERE application_id = @application ORDER BY chunk LIMIT 1)
      UNION ALL
      SELECT n.chunk
      FROM chunks c
      CROSS JOIN LATERAL (
        SELECT r.chunk FROM channel_running_counts r WHERE r.application_id = @application AND r.chunk > c.chunk ORDER BY r.chunk LIMIT 1
      ) n
    )
    -- One row a chunk and moment, so there is nothing for max to choose from.
    SELECT c.chunk * 128 + generate_series(0, 127) AS channel_id,
      unnest(max(c.days) FILTER (WHERE c.bucket = 1 AND c.until)) AS until_days,
      unnest(max(c.periods) FILTER (WHERE c.bucket = 1 AND c.until)) AS until_periods,
      unnest(max(c.days) FILTER (WHERE c.bucket = 1 AND NOT c.until)) AS from_days,
      unnest(max(c.periods) FILTER (WHERE c.bucket = 1 AND NOT c.until)) AS from_periods,
      unnest(max(c.days) FILTER (WHERE c.bucket = 0 AND c.until)) AS before_until_days,
      unnest(max(c.periods) FILTER (WHERE c.bucket = 0 AND c.until)) AS before_until_periods,
      unnest(max(c.days) FILTER (WHERE c.bucket = 0 AND NOT c.until)) AS before_from_days,
      unnest(max(c.periods) FILTER (WHERE c.bucket = 0 AND NOT c.until)) AS before_from_periods
    FROM (
      SELECT k.chunk, r.bucket, m.until,
        (
          SELECT c.counts
          FROM channel_running_counts c
          WHERE c.application_id = @application AND c.chunk = k.chunk AND c.span = 96
            AND c.start >= floor(m.slot / 6144.0)::int * 6144 AND c.start < m.slot
          ORDER BY c.start DESC
          LIMIT 1
        ) AS days,
        (
          SELECT c.counts
          FROM channel_running_counts c
          WHERE c.application_id = @application AND c.chunk = k.chunk AND c.span = 6144 AND c.start <= m.slot - 6144
          ORDER BY c.start DESC
          LIMIT 1
        ) AS periods
      FROM unnest(@bucket, @span, @first, @end) AS r(bucket, span, first, "end")
      CROSS JOIN LATERAL (VALUES (false, r.first), (true, r."end")) AS m(until, slot)
      CROSS JOIN chunks k
      WHERE r.span = 96
    ) c
    GROUP BY c.chunk
  ) c
),
others AS (
  SELECT channel_id, sum(messages) AS messages, sum(before) AS before
  FROM (
    SELECT c.channel_id, c.broadcast * r.bucket AS messages, c.broadcast * (1 - r.bucket) AS before
    FROM unnest(@bucket, @span, @first, @end) AS r(bucket, span, first, "end")
    CROSS JOIN LATERAL (
      SELECT c.channel_id, c.broadcast
      FROM channel_counts c
      WHERE c.application_id = @application AND c.span = r.span AND c.start >= r.first AND c.start < r."end"
      OFFSET 0
    ) c
    UNION ALL
    SELECT t.channel_id, t.broadcast::int * (@whole_bucket)[w.place], t.broadcast::int * (1 - (@whole_bucket)[w.place])
    FROM tail t
    CROSS JOIN LATERAL (SELECT width_bucket(t.slot, @whole_from) AS place) w
    WHERE t.broadcast <> 0 AND w.place > 0 AND t.slot < (@whole_to)[w.place]
    UNION ALL
    SELECT m.channel_id, e.bucket, 1 - e.bucket
    FROM unnest(@end_bucket, @end_from, @end_to) AS e(bucket, "from", "to")
    CROSS JOIN LATERAL (
      SELECT m.channel_id
      FROM messages m
      WHERE m.application_id = @application AND m.created_time >= e."from" AND m.created_time < e."to"
        AND m.broadcast AND m.user_id IS NOT NULL
      OFFSET 0
    ) m
  ) o
  GROUP BY channel_id
),
counted AS (
  SELECT channel_id,
    coalesce(r.messages, 0) + coalesce(o.messages, 0) AS messages,
    coalesce(r.before, 0) + coalesce(o.before, 0) AS before
  FROM running r
  FULL JOIN others o USING (channel_id)
  WHERE coalesce(r.messages, 0) + coalesce(o.messages, 0) <> 0 OR coalesce(r.before, 0) + coalesce(o.before, 0) <> 0
)
