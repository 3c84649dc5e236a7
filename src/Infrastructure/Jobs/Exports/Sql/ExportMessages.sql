-- Messages, one JSON object per line, replies after their parents.
--
-- @application
--
-- Rows: the lines, one text column.
WITH
{{ExportKeys}}
SELECT (
  jsonb_strip_nulls(jsonb_build_object(
    'idempotencyKey', coalesce(k.key, g.prefix || 'message/' || m.id),
    'type', CASE m.type WHEN 0 THEN 'TEXT' WHEN 1 THEN 'FILE' WHEN 2 THEN 'SYSTEM_TEXT' ELSE 'SYSTEM_FILE' END,
    'channel', c.name,
    'channelKey', CASE WHEN c.name IS NULL THEN ck.key END,
    'user', CASE WHEN u.deleted_time IS NULL THEN u.name END,
    'userKey', CASE WHEN u.deleted_time IS NOT NULL THEN uk.key END,
    'joins', CASE WHEN u.deleted_time IS NULL AND u.id IS NOT NULL AND cm.user_id IS NULL THEN false END,
    'body', m.body,
    'file', CASE WHEN m.file IS NOT NULL THEN jsonb_build_object(
      'url', m.file -> 'url', 'name', m.file -> 'name', 'contentType', m.file -> 'contentType', 'size', m.file -> 'size') END,
    'groupTag', m.group_tag,
    'replyTo', CASE WHEN m.parent_id IS NOT NULL THEN coalesce(pk.key, g.prefix || 'message/' || m.parent_id) END,
    'thread', CASE WHEN m.parent_id IS NULL AND t.type = 1 THEN coalesce(tk.key, g.prefix || 'thread/' || t.id) END,
    'broadcast', m.broadcast,
    'createdTime', to_char(m.created_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'lastEditedTime', to_char(m.last_edited_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  )) || jsonb_build_object('properties', m.properties)
)::text
FROM messages m
CROSS JOIN generated_keys g
JOIN channels c ON c.application_id = m.application_id AND c.id = m.channel_id AND c.deleted_time IS NULL
JOIN channel_keys ck ON ck.id = c.id
LEFT JOIN threads t ON t.application_id = m.application_id AND t.id = m.thread_id
LEFT JOIN users u ON u.application_id = m.application_id AND u.id = m.user_id
LEFT JOIN user_keys uk ON uk.id = m.user_id
LEFT JOIN channel_members cm ON cm.application_id = m.application_id AND cm.channel_id = m.channel_id AND cm.user_id = m.user_id
LEFT JOIN message_keys k ON k.target_id = m.id
LEFT JOIN message_keys tk ON tk.target_id = t.id
LEFT JOIN message_keys pk ON pk.target_id = m.parent_id
WHERE m.application_id = @application
ORDER BY m.id
