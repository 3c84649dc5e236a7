-- Messages broadcast a channel and bucket.
--
-- @application                          which tenant
-- @bucket, @span, @first, @end          runs of blocks that cover the buckets: blocks of @span slots that begin in [@first, @end); those
--                                       of 384 slots are differences of running counts
-- @end_bucket, @end_from, @end_to       stretches of the buckets that no block covers (timestamptz, [from, to))
-- @whole_bucket, @whole_from, @whole_to the slots [from, to) that the buckets hold whole, ascending, in which the tail counts
--
-- Rows: bucket, channel_id, broadcast; many a channel and bucket, to be summed.
counted AS (
  SELECT r.bucket, c.channel_id, c.broadcast
  FROM unnest(@bucket, @span, @first, @end) AS r(bucket, span, first, "end")
  CROSS JOIN LATERAL (
    SELECT c.channel_id, c.broadcast
    FROM channel_counts c
    WHERE c.application_id = @application AND c.span = r.span AND c.start >= r.first AND c.start < r."end"
    OFFSET 0
  ) c
  UNION ALL
  SELECT r.bucket, c.channel_id, c.broadcast
  FROM (
    SELECT r.bucket, p.period, least(r."end" / 384 - p.period * 128, 128) AS upto, greatest(r.first / 384 - p.period * 128, 0) AS after
    FROM unnest(@bucket, @span, @first, @end) AS r(bucket, span, first, "end")
    CROSS JOIN LATERAL generate_series(floor(r.first / 49152.0)::int, floor((r."end" - 1) / 49152.0)::int) AS p(period)
    WHERE r.span = 384
    OFFSET 0
  ) r
  CROSS JOIN LATERAL (
    SELECT c.channel_id, c.counts[r.upto] - coalesce(c.counts[r.after], 0) AS broadcast
    FROM channel_running_counts c
    WHERE c.application_id = @application AND c.period = r.period
    OFFSET 0
  ) c
  WHERE c.broadcast <> 0
  UNION ALL
  SELECT (@whole_bucket)[w.place], t.channel_id, t.broadcast::int
  FROM tail t
  CROSS JOIN LATERAL (SELECT width_bucket(t.slot, @whole_from) AS place) w
  WHERE t.broadcast <> 0 AND w.place > 0 AND t.slot < (@whole_to)[w.place]
  UNION ALL
  SELECT e.bucket, m.channel_id, 1
  FROM unnest(@end_bucket, @end_from, @end_to) AS e(bucket, "from", "to")
  CROSS JOIN LATERAL (
    SELECT m.channel_id
    FROM messages m
    WHERE m.application_id = @application AND m.created_time >= e."from" AND m.created_time < e."to"
      AND m.broadcast AND m.user_id IS NOT NULL
    OFFSET 0
  ) m
)
