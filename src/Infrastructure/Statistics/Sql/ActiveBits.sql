-- Who was active in each bucket, as bits: chunk, and the users whose id divided by 4096 is the chunk at the place of the remainder.
--
-- @application                               which tenant
-- @bucket_number, @bucket_from, @bucket_to   the buckets' intervals (timestamptz, [from, to)); a bucket may have several
-- @bucket … @whole_to                        the same as blocks, see Counted.sql
-- @now                                       until when open sessions count
intervals AS (
  SELECT * FROM unnest(@bucket_number, @bucket_from, @bucket_to) AS i(bucket, "from", "to")
),
-- The bits know nothing yet of messages taken away and of users deleted: of these users only rows count.
in_doubt AS (
  SELECT DISTINCT user_id FROM tail WHERE broadcast < 0 OR type = 'user.deleted'
),
trusted AS (
  SELECT user_id / 4096 AS chunk, ~bit_or(set_bit(0::bit(4096), (user_id % 4096)::int, 1)) AS users
  FROM in_doubt
  GROUP BY user_id / 4096
),
questions AS (
  SELECT i.bucket, i."from", i."to", d.user_id FROM intervals i CROSS JOIN in_doubt d
),
-- Parts of slots, with the slots that they lie in: one or two, as none holds a whole one.
ends AS (
  SELECT bucket, "from", "to", first, "end", to_timestamp(first * 900.0) AS begin
  FROM unnest(@end_bucket, @end_from, @end_to) AS e(bucket, "from", "to")
  -- The ends of the calendar come as infinities, which are in no slot.
  CROSS JOIN LATERAL (
    SELECT floor(extract(epoch FROM greatest(e."from", '0001-01-01Z')) / 900)::int AS first,
      ceil(extract(epoch FROM least(e."to", '10000-01-01Z')) / 900)::int AS "end"
  ) s
),
single AS (
  -- In commit order a message's end may come before its beginning, so the messages have the last word.
  SELECT x.bucket, m.user_id
  FROM (
    SELECT DISTINCT i.bucket, i."from", i."to", t.user_id
    FROM intervals i
    JOIN tail t ON t.broadcast > 0 AND to_timestamp(t.slot * 900.0) < i."to" AND to_timestamp((t.slot + 1) * 900.0) > i."from"
    UNION
    SELECT q.bucket, q."from", q."to", q.user_id FROM questions q
  ) x
  CROSS JOIN LATERAL (
    SELECT m.user_id
    FROM messages m
    WHERE m.application_id = @application AND m.user_id = x.user_id AND m.broadcast
      AND m.created_time >= x."from" AND m.created_time < x."to"
    LIMIT 1
  ) m
  UNION ALL
  SELECT q.bucket, s.user_id
  FROM questions q
  CROSS JOIN LATERAL (
    SELECT s.user_id
    FROM user_sessions s
    WHERE s.application_id = @application AND s.user_id = q.user_id AND s.counted
      AND s.created_time >= q."from" - interval '1 day' AND s.created_time < q."to"
      AND (s.end_time > q."from" OR s.created_time >= q."from")
    LIMIT 1
  ) s
  UNION ALL
  SELECT q.bucket, s.user_id
  FROM questions q
  JOIN user_sessions s ON s.application_id = @application AND s.user_id = q.user_id AND s.counted
    AND s.end_time - s.created_time > interval '1 day' AND s.created_time < q."to" AND s.end_time > q."from"
  UNION ALL
  -- Sessions that are open, or closed a moment ago.
  SELECT i.bucket, s.user_id
  FROM user_sessions s
  JOIN intervals i ON s.created_time < i."to" AND (coalesce(s.end_time, @now) > i."from" OR s.created_time >= i."from")
  WHERE s.application_id = @application AND NOT s.counted
  UNION ALL
  -- Who wrote in a part of a slot, and whose session began or ended in its slots; those of whom it did neither have a bit of their own.
  SELECT e.bucket, unnest(u.ids)
  FROM ends e
  CROSS JOIN LATERAL (
    -- In an array, so that the plan for any parameters does not expect a crowd of rows.
    SELECT array_agg(DISTINCT user_id) AS ids
    FROM (
      SELECT m.user_id
      FROM messages m
      WHERE m.application_id = @application AND m.created_time >= e."from" AND m.created_time < e."to"
        AND m.broadcast AND m.user_id IS NOT NULL
      UNION ALL
      SELECT s.user_id
      FROM user_sessions s
      WHERE s.application_id = @application AND s.created_time >= e.begin AND s.created_time < e."to" AND s.counted
        AND (s.end_time > e."from" OR s.created_time >= e."from")
      UNION ALL
      SELECT s.user_id
      FROM user_sessions s
      WHERE s.application_id = @application AND s.end_time > e."from" AND s.end_time <= to_timestamp(e."end" * 900.0) AND s.counted
        AND s.created_time < e."to"
    ) u
  ) u
),
-- A bucket's blocks and single users side by side, so that its bits are put together before the next one's are read.
filled AS (
  SELECT bucket, array_agg(span) AS spans, array_agg(first) AS firsts, array_agg("end") AS ends, array_agg(user_id) AS user_ids
  FROM (
    SELECT bucket, span, first, "end", NULL::bigint AS user_id FROM unnest(@bucket, @span, @first, @end) AS r(bucket, span, first, "end")
    UNION ALL
    SELECT bucket, 0, first, "end", NULL FROM ends
    UNION ALL
    SELECT bucket, NULL, NULL, NULL, user_id FROM single
  ) p
  GROUP BY bucket
),
active AS (
  SELECT f.bucket, a.chunk, a.users
  FROM filled f
  CROSS JOIN LATERAL (
    SELECT chunk, bit_or(users) AS users
    FROM (
      SELECT a.chunk, CASE WHEN t.users IS NULL THEN a.users ELSE a.users & t.users END AS users
      FROM unnest(f.spans, f.firsts, f.ends) AS r(span, first, "end")
      CROSS JOIN LATERAL (
        SELECT a.chunk, a.users
        FROM activity a
        WHERE a.application_id = @application AND a.span = r.span AND a.start >= r.first AND a.start < r."end"
        OFFSET 0
      ) a
      LEFT JOIN trusted t USING (chunk)
      UNION ALL
      SELECT user_id / 4096, bit_or(set_bit(0::bit(4096), (user_id % 4096)::int, 1))
      FROM unnest(f.user_ids) AS user_id
      WHERE user_id IS NOT NULL
      GROUP BY user_id / 4096
    ) b
    GROUP BY chunk
  ) a
)
