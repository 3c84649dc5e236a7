-- Extends the first and last bucket in the rollup state by those of an application.
--
-- @application   the tenant
--
-- One row: first bucket, end bucket (of messages, sessions and stored buckets; null if there are none).
WITH messages_extent AS (
  SELECT floor(extract(epoch FROM min(m.created_time)) / {{bucket_seconds}})::int AS first_bucket,
    floor(extract(epoch FROM max(m.created_time)) / {{bucket_seconds}})::int AS last_bucket
  FROM messages m
  WHERE m.application_id = @application
),
widened AS (
  UPDATE rollup_state s
  SET first_bucket = least(s.first_bucket, e.first_bucket), last_bucket = greatest(s.last_bucket, e.last_bucket)
  FROM messages_extent e
  WHERE e.first_bucket IS NOT NULL
)
SELECT least(m.first_bucket, c.first_bucket, a.first_bucket, s.first_bucket),
  greatest(m.last_bucket, c.last_bucket, a.last_bucket, s.last_bucket) + 1
FROM messages_extent m,
  (
    SELECT min(start) AS first_bucket, max(start) AS last_bucket
    FROM channel_counts
    WHERE application_id = @application AND resolution = 1
  ) c,
  (
    SELECT min(start) AS first_bucket, max(start) AS last_bucket
    FROM activity
    WHERE application_id = @application AND resolution = 1
  ) a,
  (
    SELECT floor(extract(epoch FROM min(created_time)) / {{bucket_seconds}})::int AS first_bucket,
      floor(extract(epoch FROM max(end_time)) / {{bucket_seconds}})::int AS last_bucket
    FROM user_sessions
    WHERE application_id = @application AND counted
  ) s
