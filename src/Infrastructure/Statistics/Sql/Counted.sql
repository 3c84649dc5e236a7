-- Messages broadcast a channel in a period (bucket 1) and in the one before it (bucket 0).
--
-- @application                          which tenant
-- @bucket, @span, @first, @end          runs of blocks that cover the buckets: blocks of @span slots that begin in [@first, @end); days (of
--                                       96 slots) are read as differences of running counts
-- @end_bucket, @end_from, @end_to       stretches of the buckets that no block covers (timestamptz, [from, to))
-- @whole_bucket, @whole_from, @whole_to the slots [from, to) that the buckets hold whole, ascending, in which the tail counts
--
-- Rows: channel_id, messages, before; many a channel, to be summed.
counted AS (
  SELECT c.channel_id, c.broadcast * r.bucket AS messages, c.broadcast * (1 - r.bucket) AS before
  FROM unnest(@bucket, @span, @first, @end) AS r(bucket, span, first, "end")
  CROSS JOIN LATERAL (
    SELECT c.channel_id, c.broadcast
    FROM channel_counts c
    WHERE c.application_id = @application AND c.span = r.span AND c.start >= r.first AND c.start < r."end"
    OFFSET 0
  ) c
  UNION ALL
  SELECT c.channel_id, c.messages, c.before
  FROM (
    -- The last day that counts and the last that does not, of 1 to 256; null for none.
    SELECT p.period,
      max(least(r."end" / 96 - p.period * 256, 256)) FILTER (WHERE r.bucket = 1) AS last,
      max(nullif(greatest(r.first / 96 - p.period * 256, 0), 0)) FILTER (WHERE r.bucket = 1) AS not_yet,
      max(least(r."end" / 96 - p.period * 256, 256)) FILTER (WHERE r.bucket = 0) AS last_before,
      max(nullif(greatest(r.first / 96 - p.period * 256, 0), 0)) FILTER (WHERE r.bucket = 0) AS not_yet_before
    FROM unnest(@bucket, @span, @first, @end) AS r(bucket, span, first, "end")
    CROSS JOIN LATERAL generate_series(floor(r.first / 24576.0)::int, floor((r."end" - 1) / 24576.0)::int) AS p(period)
    WHERE r.span = 96
    GROUP BY p.period
  ) r
  CROSS JOIN LATERAL (
    SELECT c.channel_id,
      coalesce(c.counts[r.last], 0) - coalesce(c.counts[r.not_yet], 0) AS messages,
      coalesce(c.counts[r.last_before], 0) - coalesce(c.counts[r.not_yet_before], 0) AS before
    FROM channel_running_counts c
    WHERE c.application_id = @application AND c.period = r.period
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
)
