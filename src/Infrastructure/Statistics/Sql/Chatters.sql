-- Who wrote in a channel and how much, by ascending user id.
--
-- @application, @folded_xid   see Tail.sql
-- @channel                    the channel
-- @from, @to                  a period [from, to); null for none
-- @after                      ids above this one
-- @limit                      most rows; null for all
--
-- Rows: channel_id, user_id, in_channel, total, in_period (null for who was not active in the period).
WITH
{{Tail}},
visitors AS (
  SELECT DISTINCT s.user_id
  FROM chat_sessions s
  WHERE s.application_id = @application AND s.channel_id = @channel AND s.user_id > @after
    AND s.created_time < @to AND (s.end_time IS NULL OR s.end_time > @from OR s.created_time >= @from)
),
-- A page of stored rows, and as many more as the tail can take out of it.
candidates AS (
  (
    SELECT p.user_id, p.received
    FROM channel_people p
    WHERE p.application_id = @application AND p.channel_id = @channel AND p.user_id > @after AND p.received <> 0
    ORDER BY p.user_id
    LIMIT @limit + (SELECT count(*) FROM tail)
  )
  UNION ALL
  SELECT t.user_id, t.received
  FROM tail t
  WHERE t.channel_id = @channel AND t.user_id > @after AND t.received <> 0
  UNION ALL
  SELECT v.user_id, 0
  FROM visitors v
),
chatters AS (
  SELECT c.user_id, sum(c.received)::bigint AS in_channel, v.user_id IS NOT NULL AS visited
  FROM candidates c
  LEFT JOIN visitors v USING (user_id)
  GROUP BY c.user_id, v.user_id
  HAVING sum(c.received) > 0 OR v.user_id IS NOT NULL
  ORDER BY c.user_id
  LIMIT @limit
),
in_period AS (
  SELECT m.user_id, count(*) AS messages
  FROM messages m
  WHERE m.application_id = @application AND m.channel_id = @channel AND m.created_time >= @from AND m.created_time < @to
    AND m.user_id > @after AND (@limit IS NULL OR m.user_id <= (SELECT max(user_id) FROM chatters))
  GROUP BY m.user_id
)
SELECT @channel AS channel_id, c.user_id, c.in_channel,
  coalesce(u.received, 0) + coalesce(n.received, 0) AS total,
  coalesce(i.messages, CASE WHEN c.visited THEN 0 END) AS in_period
FROM chatters c
LEFT JOIN user_totals u ON u.application_id = @application AND u.user_id = c.user_id
LEFT JOIN (SELECT user_id, sum(received) AS received FROM tail GROUP BY user_id) n ON n.user_id = c.user_id
LEFT JOIN in_period i ON i.user_id = c.user_id
ORDER BY c.user_id
