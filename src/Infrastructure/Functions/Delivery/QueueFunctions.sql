-- Queues the functions that are to be run for a batch of events, in commit order. No row is returned.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first place up to the second, in commit order
-- @now
--
-- Imported messages have no event of their own, and so run no functions. Notifications are queued where they are made (Notify.sql).
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
