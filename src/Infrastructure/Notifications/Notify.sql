-- Creates the notifications for the messages of a batch of events: one per recipient and message, for the best reason.
-- Queues the functions that run for these notifications.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first position up to the second, in commit order
-- @now
-- @max_members                           in larger channels only mentioned and answered users are notified
--
-- The CTEs are not joined to each other: the planner expects one or two rows of each and would compare all rows with all.
--
-- Types are those of NotificationType. Imported messages have no event of their own, hence no notifications.
WITH batch AS MATERIALIZED (
  SELECT e.application_id, e.message_id
  FROM events e
  WHERE (e.xid, e.id) > (@from_xid, @from_id) AND (e.xid, e.id) <= (@to_xid, @to_id) AND e.type = 'message.sent'
),
sent AS (
  SELECT m.application_id, m.id, m.channel_id, c.type AS channel_type, m.user_id, m.parent_id, m.mentions, m.arrival
  FROM batch b
  -- One look-up per message: a channel can have far more messages than the batch.
  CROSS JOIN LATERAL (
    SELECT * FROM messages m WHERE m.application_id = b.application_id AND m.id = b.message_id AND m.broadcast OFFSET 0
  ) m
  JOIN channels c ON c.application_id = m.application_id AND c.id = m.channel_id AND c.deleted_time IS NULL
),
mentioned AS (
  SELECT s.*, (item ->> 'type')::int AS target_type, (item ->> 'targetId')::bigint AS target_id
  FROM sent s
  CROSS JOIN LATERAL jsonb_array_elements(s.mentions -> 'items') item
  WHERE s.user_id IS NOT NULL
),
reasons AS (
  SELECT s.application_id, s.id, s.channel_id, s.channel_type, s.user_id AS sender_id,
    p.user_id, 1 AS rank, 4 AS type, NULL::bigint AS mentioned_channel_id
  FROM sent s
  JOIN messages p ON p.application_id = s.application_id AND p.id = s.parent_id
  WHERE s.user_id IS NOT NULL
  UNION ALL
  SELECT n.application_id, n.id, n.channel_id, n.channel_type, n.user_id, n.target_id, 2, 2, NULL
  FROM mentioned n
  WHERE n.target_type = 1
  UNION ALL
  SELECT n.application_id, n.id, n.channel_id, n.channel_type, n.user_id, m.user_id, 3, 3, m.channel_id
  FROM mentioned n
  JOIN channel_members m ON m.application_id = n.application_id AND m.channel_id = n.target_id
  WHERE n.target_type = 0
    AND NOT EXISTS (
      SELECT FROM channel_members l WHERE l.application_id = n.application_id AND l.channel_id = n.target_id OFFSET @max_members)
  UNION ALL
  SELECT s.application_id, s.id, s.channel_id, s.channel_type, s.user_id, m.user_id, 4, CASE WHEN s.user_id IS NULL THEN 1 ELSE 0 END, NULL
  FROM sent s
  JOIN channel_members m ON m.application_id = s.application_id AND m.channel_id = s.channel_id AND arrived_after(s.arrival, m.joined_snapshot)
  WHERE NOT EXISTS (
    SELECT FROM channel_members l WHERE l.application_id = s.application_id AND l.channel_id = s.channel_id OFFSET @max_members)
),
created AS (
  INSERT INTO notifications (application_id, message_id, user_id, type, mentioned_channel_id, muted, created_time)
  SELECT b.application_id, b.id, b.user_id, b.type, b.mentioned_channel_id, b.muted, @now
  FROM (
    SELECT DISTINCT ON (r.application_id, r.id, r.user_id)
      r.application_id, r.id, r.user_id, r.type, r.mentioned_channel_id, coalesce(own.is_muted, false) AS muted
    FROM reasons r
    LEFT JOIN channel_members own ON own.application_id = r.application_id AND own.channel_id = r.channel_id AND own.user_id = r.user_id
    WHERE r.user_id IS DISTINCT FROM r.sender_id
      AND (own.user_id IS NOT NULL OR r.channel_type = 0)
      AND NOT EXISTS (
        SELECT FROM chat_sessions i
        WHERE i.application_id = r.application_id AND i.channel_id = r.channel_id AND i.user_id = r.user_id AND i.end_time IS NULL)
    ORDER BY r.application_id, r.id, r.user_id, r.rank, r.mentioned_channel_id
  ) b
  -- Held until the commit, so that a deletion finds the notification; one that came first is waited for, and the user gets none.
  JOIN users u ON u.application_id = b.application_id AND u.id = b.user_id AND u.deleted_time IS NULL
  ORDER BY b.application_id, b.id, b.user_id
  FOR KEY SHARE OF u
  RETURNING application_id, id, message_id, user_id
)
INSERT INTO function_deliveries
  (application_id, function_id, channel_id, user_id, notification_id, state, attempts, created_time, not_before)
SELECT n.application_id, f.id, m.channel_id, n.user_id, n.id, 0, 0, @now, @now
FROM created n
JOIN messages m ON m.application_id = n.application_id AND m.id = n.message_id
JOIN functions f ON f.application_id = n.application_id AND f.type = 'user.received.notification' AND f.enabled
ORDER BY n.id, f.id
