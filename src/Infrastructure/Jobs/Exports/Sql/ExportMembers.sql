-- Members of group channels, one JSON object per line.
--
-- @application
--
-- Rows: the lines, one text column.
SELECT jsonb_strip_nulls(jsonb_build_object(
  'channel', c.name,
  'username', u.name,
  'moderator', CASE WHEN m.is_moderator THEN true END,
  'createdTime', to_char(m.created_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
))::text
FROM channel_members m
JOIN channels c ON c.application_id = m.application_id AND c.id = m.channel_id AND c.deleted_time IS NULL AND c.type <> 2
JOIN users u ON u.application_id = m.application_id AND u.id = m.user_id AND u.deleted_time IS NULL
WHERE m.application_id = @application
ORDER BY c.id, m.created_time, u.id
