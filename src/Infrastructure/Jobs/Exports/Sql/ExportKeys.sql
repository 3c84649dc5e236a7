-- The idempotency keys under which users, channels and messages are told: that of their import or, where there is none, one that
-- names the application and the id. An import keeps it, so that the next export tells the same.
--
-- @application
--
-- Table expressions user_keys, channel_keys and message_keys, rows: id or target_id, key.
user_keys AS (
  SELECT u.id, coalesce(k.key, format('~%s/user/%s', u.application_id, u.id)) AS key
  FROM users u
  LEFT JOIN (
    SELECT target_id, min(key) AS key FROM import_keys WHERE application_id = @application AND type = 0 GROUP BY target_id
  ) k ON k.target_id = u.id
  WHERE u.application_id = @application
),
channel_keys AS (
  SELECT c.id, coalesce(k.key, format('~%s/channel/%s', c.application_id, c.id)) AS key
  FROM channels c
  LEFT JOIN (
    SELECT target_id, min(key) AS key FROM import_keys WHERE application_id = @application AND type = 1 GROUP BY target_id
  ) k ON k.target_id = c.id
  WHERE c.application_id = @application AND c.deleted_time IS NULL
),
message_keys AS (
  SELECT target_id, min(key) AS key FROM import_keys WHERE application_id = @application AND type = 3 GROUP BY target_id
)
