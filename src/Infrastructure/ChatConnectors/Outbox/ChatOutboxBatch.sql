-- What happened to chats of outside services in a batch of events, in commit order.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first place up to the second
-- @services                              the outside services
--
-- Messages that came from the service are linked already and left out, as are those from before the chat was (imported history) and
-- those that were deleted since. A deletion is told of what the service has, by its payload, and not once the chat is closed: a chat
-- that ends here is not wiped there.
--
-- Rows: an event each in commit order, with what telling it takes (see ChatOutboxEvent); message_id is null once the message is gone.
WITH batch AS MATERIALIZED (
  SELECT * FROM events e WHERE (e.xid, e.id) > (@from_xid, @from_id) AND (e.xid, e.id) <= (@to_xid, @to_id)
)
SELECT e.application_id, c.id AS chat_id, c.service, e.type, m.id AS message_id, m.parent_id, e.payload, m.body, w.display_name AS writer,
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
