-- The events of a batch that concern chats of external services.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first position up to the second
-- @services                              the external services
--
-- Left out: messages from the service (they have links already), messages older than the chat (imported history) and messages deleted
-- since. A deletion covers the external ids in its payload. It is left out once the chat is closed: closing a chat here keeps its
-- messages on the service.
--
-- Rows: one per event in commit order, with the data to send (see ChatOutboxEvent); message_id is null once the message is deleted.
WITH batch AS MATERIALIZED (
  SELECT * FROM events e WHERE (e.xid, e.id) > (@from_xid, @from_id) AND (e.xid, e.id) <= (@to_xid, @to_id)
)
SELECT e.application_id, c.id AS chat_id, c.service, e.type, m.id AS message_id, m.parent_id, e.payload, m.body,
  CASE WHEN w.name <> 'application-bot' THEN w.display_name END AS writer, -- the application needs no name in front
  left_user.name AS left_user, f.name AS file_name, f.url AS file_url
FROM batch e
JOIN chats c ON c.application_id = e.application_id AND c.channel_id = e.channel_id
LEFT JOIN messages m ON m.application_id = e.application_id AND m.id = e.message_id
LEFT JOIN users w ON w.application_id = m.application_id AND w.id = m.user_id
LEFT JOIN users left_user ON left_user.application_id = e.application_id AND left_user.id = e.user_id
  AND e.type = 'chat.participant_left'
LEFT JOIN LATERAL (SELECT m.file ->> 'name' AS name, CASE WHEN (m.file ->> 'type')::int = 1 THEN m.file ->> 'url' END AS url
  WHERE m.file IS NOT NULL) f ON true
WHERE c.service = ANY (@services)
  AND (e.message_id IS NULL OR m.id IS NOT NULL OR e.type = 'message.deleted')
  AND e.payload ->> 'origin' IS DISTINCT FROM c.service
  AND (
    e.type IN ('chat.renamed', 'chat.description_changed', 'chat.participant_left', 'chat.invitation_requested', 'chat.invitation_revoked',
      'chat.message_pinned', 'message.edited')
    OR (e.type = 'message.deleted' AND e.payload ? 'externalIds' AND c.is_active)
    OR (e.type = 'message.sent' AND m.broadcast AND m.created_time >= c.registered_at
      AND NOT EXISTS (
        SELECT FROM chat_message_links l
        WHERE l.application_id = e.application_id AND l.message_id = e.message_id)))
ORDER BY e.xid, e.id
