-- Queues a delivery for each event of a batch and each enabled function of its type, in commit order. Returns no row.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first position up to the second, in commit order
-- @now                                    UTC
--
-- Imported messages have no event and run no functions. Notify.sql queues deliveries for notifications.
WITH batch AS MATERIALIZED (
  SELECT * FROM events e WHERE (e.xid, e.id) > (@from_xid, @from_id) AND (e.xid, e.id) <= (@to_xid, @to_id)
)
INSERT INTO function_deliveries
  (application_id, function_id, channel_id, user_id, message_id, payload, state, attempts, created_time, not_before)
SELECT e.application_id, f.id, e.channel_id, e.user_id, e.message_id, e.payload, 0, 0, @now, @now
FROM batch e
JOIN functions f
  ON f.application_id = e.application_id
  AND f.enabled
  AND f.type = CASE e.type
    WHEN 'message.sent' THEN CASE WHEN e.user_id IS NOT NULL THEN 'user.sent.message' END
    WHEN 'message.read' THEN 'user.read.message'
    WHEN 'message.reaction_added' THEN 'user.reacted_to.message'
    WHEN 'chat_session.started' THEN 'user.started.chat_session'
    WHEN 'channel.invite_sent' THEN 'user.received.channel_invite'
    WHEN 'ephemeral.event' THEN CASE WHEN e.user_id IS NULL THEN 'system.triggered.event' ELSE 'user.triggered.event' END
  END
WHERE e.channel_id IS NOT NULL
ORDER BY e.xid, e.id, f.id
