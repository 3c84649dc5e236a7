-- Idempotency keys of users, channels and messages: the key of their import or, without one, a key made of the application's global id
-- and the row's id (GeneratedKey.cs). Imports keep these keys, so that the next export writes the same ones.
--
-- @application
--
-- Table expressions user_keys, channel_keys and message_keys, rows: id or target_id, key; generated_keys, one row: prefix.
generated_keys AS MATERIALIZED (SELECT format('~%s/', global_id) AS prefix FROM applications WHERE id = @application),
user_keys AS (
  SELECT u.id, coalesce(k.key, g.prefix || 'user/' || u.id) AS key
  FROM users u
  CROSS JOIN generated_keys g
  LEFT JOIN (
    SELECT target_id, min(key) AS key FROM import_keys WHERE application_id = @application AND type = 0 GROUP BY target_id
  ) k ON k.target_id = u.id
  WHERE u.application_id = @application
),
channel_keys AS (
  SELECT c.id, coalesce(k.key, g.prefix || 'channel/' || c.id) AS key
  FROM channels c
  CROSS JOIN generated_keys g
  LEFT JOIN (
    SELECT target_id, min(key) AS key FROM import_keys WHERE application_id = @application AND type = 1 GROUP BY target_id
  ) k ON k.target_id = c.id
  WHERE c.application_id = @application AND c.deleted_time IS NULL
),
message_keys AS (
  SELECT target_id, min(key) AS key FROM import_keys WHERE application_id = @application AND type = 3 GROUP BY target_id
)
