-- Deletes messages and all replies below them, and logs an event for each message or for each quarter-hour.
-- Foreign keys delete what belongs to a message, such as versions; its file is released. Chats keep a history of deleted messages, unless
-- a user is erased. The payload of an event holds the external ids of its messages and of the chat on the service. Messages of a group
-- from which the chat has moved away are out of reach.
--
-- @application, @now
-- @message, @channel, @user           filters; null for none
-- @snapshot                           only messages that this snapshot shows; null for all
-- @limit                              the maximum number of messages, without replies
-- @event_per_message                  whether each message has an event of its own
--
-- Row: the number of deleted messages.
WITH RECURSIVE chosen AS (
  SELECT m.id
  FROM messages m
  WHERE m.application_id = @application
    AND (@message IS NULL OR m.id = @message)
    AND (@channel IS NULL OR m.channel_id = @channel)
    AND (@user IS NULL OR m.user_id = @user)
    AND (@snapshot IS NULL OR NOT arrived_after(m.arrival, @snapshot))
  LIMIT @limit
),
to_delete AS (
  SELECT id FROM chosen
  UNION
  SELECT m.id
  FROM to_delete d
  JOIN messages m ON m.application_id = @application AND m.parent_id = d.id
),
deleted AS (
  DELETE FROM messages m
  USING to_delete d
  WHERE m.application_id = @application AND m.id = d.id
  RETURNING m.id, m.channel_id, m.user_id, m.body, m.file, m.created_time, m.arrival, m.broadcast
),
archived AS (
  INSERT INTO deleted_messages (application_id, id, chat_id, user_id, created_time, arrival, deleted_time, content)
  SELECT @application, g.id, c.id, g.user_id, g.created_time, g.arrival, @now, coalesce(
    (
      SELECT jsonb_agg(jsonb_build_object(
        'value', v.body, 'contentType', 'text/plain',
        'capturedAt', to_char(v.captured_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
      ) ORDER BY v.captured_at, v.sequence, v.id)
      FROM message_versions v
      WHERE v.application_id = @application AND v.message_id = g.id
    ),
    jsonb_build_array(jsonb_build_object(
      'value', coalesce(g.file ->> 'url', g.body, ''),
      'contentType', coalesce(g.file ->> 'contentType', 'text/plain'),
      'capturedAt', to_char(g.created_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    )))
  FROM deleted g
  JOIN chats c ON c.application_id = @application AND c.channel_id = g.channel_id
  WHERE @user IS NULL AND g.broadcast
),
released AS (
  UPDATE hosted_files f
  SET released_time = @now
  FROM deleted g
  WHERE f.application_id = @application AND f.path = g.file ->> 'url' AND (g.file ->> 'type')::int = 0
),
erased_history AS (
  DELETE FROM deleted_messages WHERE application_id = @application AND user_id = @user
),
logged AS (
  INSERT INTO events (application_id, type, channel_id, user_id, message_id, sent_at, received, broadcast, payload)
  SELECT @application, 'message.deleted', g.channel_id, g.user_id, g.message_id,
    CASE WHEN g.user_id IS NOT NULL THEN g.sent_at END,
    CASE WHEN g.user_id IS NOT NULL THEN -g.received ELSE 0 END,
    CASE WHEN g.user_id IS NOT NULL THEN -g.broadcast ELSE 0 END,
    CASE WHEN g.external_ids IS NOT NULL
      THEN jsonb_build_object('externalIds', g.external_ids, 'chatExternalId', g.chat_external_id) END
  FROM (
    SELECT channel_id, user_id, CASE WHEN @event_per_message THEN id END AS message_id,
      date_bin('15 minutes', created_time, timestamptz 'epoch') AS sent_at,
      count(*)::int AS received, count(*) FILTER (WHERE broadcast)::int AS broadcast,
      jsonb_path_query_array(jsonb_agg(l.external_ids) FILTER (WHERE l.external_ids IS NOT NULL), '$[*][*]') AS external_ids,
      max(l.chat_external_id) AS chat_external_id
    FROM deleted
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(k.external_id ORDER BY length(k.external_id), k.external_id) AS external_ids,
        max(k.chat_external_id) AS chat_external_id
      FROM chat_message_links k
      JOIN chats c ON c.application_id = @application AND c.id = k.chat_id AND coalesce(c.external_id, '') = k.chat_external_id
      WHERE k.application_id = @application AND k.message_id = deleted.id
    ) l ON true
    GROUP BY 1, 2, 3, 4
  ) g
)
SELECT count(*)::int FROM deleted
