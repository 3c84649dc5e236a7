-- Channels, one JSON object per line. Group members are in a separate file; a DIRECT channel is defined by its members.
--
-- @application
--
-- Rows: the lines, one text column.
WITH
{{ExportKeys}}
SELECT (
  jsonb_strip_nulls(jsonb_build_object(
    'idempotencyKey', k.key,
    'type', CASE c.type WHEN 0 THEN 'PUBLIC' WHEN 1 THEN 'PRIVATE' ELSE 'DIRECT' END,
    'name', c.name,
    'displayName', c.display_name,
    'creator', CASE WHEN u.deleted_time IS NULL THEN u.name END,
    'creatorKey', CASE WHEN u.deleted_time IS NOT NULL THEN (SELECT key FROM user_keys WHERE id = u.id) END,
    'creatorIsMember', CASE WHEN u.id IS NOT NULL AND c.type <> 2 THEN false END,
    'members', d.members,
    'memberKeys', d.member_keys,
    'blacklist', (
      SELECT jsonb_agg(jsonb_build_object(
        'username', s.name, 'createdTime', to_char(b.created_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) ORDER BY s.id)
      FROM channel_blacklist b
      JOIN users s ON s.application_id = b.application_id AND s.id = b.user_id AND s.deleted_time IS NULL
      WHERE b.application_id = c.application_id AND b.channel_id = c.id
    ),
    'active', c.active,
    'createdTime', to_char(c.created_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'updatedTime', to_char(c.updated_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  )) || jsonb_build_object('properties', c.properties) || coalesce(t.threads, '{}')
)::text
FROM channels c
JOIN channel_keys k ON k.id = c.id
LEFT JOIN users u ON u.application_id = c.application_id AND u.id = c.creator_id
LEFT JOIN LATERAL (
  SELECT
    jsonb_agg(m.name ORDER BY m.id) FILTER (WHERE m.deleted_time IS NULL) AS members,
    jsonb_agg(mk.key ORDER BY m.id) FILTER (WHERE m.deleted_time IS NOT NULL) AS member_keys
  FROM users m
  JOIN user_keys mk ON mk.id = m.id
  WHERE m.application_id = c.application_id AND m.id = ANY (string_to_array(c.direct_key, ',')::bigint[])
) d ON c.type = 2
-- Outside of jsonb_strip_nulls, which would also remove nulls within properties.
LEFT JOIN (
  SELECT t.channel_id, jsonb_build_object('threads', jsonb_agg(
    jsonb_build_object(
      'idempotencyKey', coalesce(tk.key, g.prefix || 'thread/' || t.id),
      'name', t.name,
      'properties', t.properties,
      'createdTime', to_char(t.created_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) ORDER BY t.id)) AS threads
  FROM threads t
  CROSS JOIN generated_keys g
  LEFT JOIN message_keys tk ON tk.target_id = t.id
  WHERE t.application_id = @application AND t.type = 1
  GROUP BY t.channel_id
) t ON t.channel_id = c.id
WHERE c.application_id = @application AND c.deleted_time IS NULL
ORDER BY c.id
