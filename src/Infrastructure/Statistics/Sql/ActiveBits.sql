-- Who was active in each bucket, as bits: chunk, and the users whose id divided by 4096 is the chunk at the place of the remainder.
-- Users of whom the tail takes a message away are counted from the messages, whatever their bits say.
in_doubt AS (
  SELECT DISTINCT user_id FROM tail WHERE broadcast < 0
),
trusted AS (
  SELECT user_id / 4096 AS chunk, ~bit_or(set_bit(0::bit(4096), (user_id % 4096)::int, 1)) AS users
  FROM in_doubt
  GROUP BY user_id / 4096
),
single AS (
  SELECT x.bucket, m.user_id
  FROM (
    SELECT b.bucket, b."from", b."to", d.user_id
    FROM unnest(@bucket_number, @bucket_from, @bucket_to) AS b(bucket, "from", "to")
    CROSS JOIN in_doubt d
    UNION
    SELECT b.bucket, b."from", b."to", t.user_id
    FROM unnest(@bucket_number, @bucket_from, @bucket_to) AS b(bucket, "from", "to")
    JOIN tail t ON t.broadcast > 0
      AND to_timestamp(t.slot * 900.0) < b."to" AND to_timestamp((t.slot + 1) * 900.0) > b."from"
  ) x
  CROSS JOIN LATERAL (
    SELECT m.user_id
    FROM messages m
    WHERE m.application_id = @application AND m.user_id = x.user_id AND m.broadcast
      AND m.created_time >= x."from" AND m.created_time < x."to"
    LIMIT 1
  ) m
  UNION
  SELECT e.bucket, m.user_id
  FROM unnest(@end_bucket, @end_from, @end_to) AS e(bucket, "from", "to")
  CROSS JOIN LATERAL (
    SELECT m.user_id
    FROM messages m
    WHERE m.application_id = @application AND m.created_time >= e."from" AND m.created_time < e."to"
      AND m.broadcast AND m.user_id IS NOT NULL
    OFFSET 0
  ) m
  UNION
  SELECT b.bucket, s.user_id
  FROM unnest(@bucket_number, @bucket_from, @bucket_to) AS b(bucket, "from", "to")
  JOIN user_sessions s ON s.application_id = @application AND s.created_time < b."to"
    AND (coalesce(s.end_time, @now) > b."from" OR s.created_time >= b."from")
),
active AS (
  SELECT bucket, chunk, bit_or(users) AS users
  FROM (
    SELECT r.bucket, a.chunk, CASE WHEN t.users IS NULL THEN a.users ELSE a.users & t.users END AS users
    FROM unnest(@bucket, @span, @first, @end) AS r(bucket, span, first, "end")
    CROSS JOIN LATERAL (
      SELECT a.chunk, a.users
      FROM activity a
      WHERE a.application_id = @application AND a.span = r.span AND a.start >= r.first AND a.start < r."end"
      OFFSET 0
    ) a
    LEFT JOIN trusted t USING (chunk)
    UNION ALL
    SELECT s.bucket, s.user_id / 4096, bit_or(set_bit(0::bit(4096), (s.user_id % 4096)::int, 1))
    FROM single s
    GROUP BY s.bucket, s.user_id / 4096
  ) b
  GROUP BY bucket, chunk
)
