-- Users, one JSON object per line; deleted users without their names.
--
-- @application
--
-- Rows: the lines, one text column.
WITH
{{ExportKeys}}
SELECT (
  jsonb_strip_nulls(jsonb_build_object(
    'idempotencyKey', k.key,
    'name', CASE WHEN u.deleted_time IS NULL THEN u.name END,
    'displayName', CASE WHEN u.deleted_time IS NULL THEN u.display_name END,
    'isGuest', u.is_guest,
    'type', CASE u.type WHEN 0 THEN 'PERSON' ELSE 'BOT' END,
    'presenceStatus', u.presence_status,
    'displayPicture', CASE WHEN u.display_picture_url IS NOT NULL THEN jsonb_build_object('url', u.display_picture_url) END,
    'createdTime', to_char(u.created_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'deletedTime', to_char(u.deleted_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  )) || jsonb_build_object('properties', u.properties)
)::text
FROM users u
JOIN user_keys k ON k.id = u.id
WHERE u.application_id = @application
ORDER BY u.id
