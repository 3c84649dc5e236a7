-- Message counts by channel, user and day, then totals by day, by channel and overall. A system message has no user.
--
-- @application
-- @from, @to   sent at or after, before; null for no bound
-- @days        dates (date[]), by the start of their intervals
-- @day_from    starts of the intervals (timestamptz[], ascending, without gaps); they cover all messages
--
-- Rows: row (detail, day, channel or total), day, channel_id, channel, user_id, user, messages, broadcast, replies, system_messages,
-- users; null in columns that a row sums over.
WITH sent AS (
  SELECT m.channel_id, m.user_id, (@days)[width_bucket(m.created_time, @day_from)] AS day, m.broadcast, m.parent_id
  FROM messages m
  JOIN channels c ON c.application_id = m.application_id AND c.id = m.channel_id AND c.deleted_time IS NULL
  WHERE m.application_id = @application
    AND (@from::timestamptz IS NULL OR m.created_time >= @from)
    AND (@to::timestamptz IS NULL OR m.created_time < @to)
),
counts AS (
  SELECT
    CASE grouping(channel_id, user_id, day) WHEN 0 THEN 'detail' WHEN 6 THEN 'day' WHEN 3 THEN 'channel' ELSE 'total' END AS "row",
    channel_id, user_id, day,
    count(*) AS messages,
    count(*) FILTER (WHERE broadcast) AS broadcast,
    count(parent_id) AS replies,
    count(*) FILTER (WHERE user_id IS NULL) AS system_messages,
    count(DISTINCT user_id) AS users,
    grouping(channel_id, user_id, day) AS level
  FROM sent
  GROUP BY GROUPING SETS ((channel_id, user_id, day), (day), (channel_id), ())
)
SELECT n."row", n.day, n.channel_id, c.name AS channel, n.user_id, u.name AS "user",
  n.messages, n.broadcast, n.replies, n.system_messages, n.users
FROM counts n
LEFT JOIN channels c ON c.application_id = @application AND c.id = n.channel_id
LEFT JOIN users u ON u.application_id = @application AND u.id = n.user_id
ORDER BY CASE n.level WHEN 0 THEN 0 WHEN 6 THEN 1 WHEN 3 THEN 2 ELSE 3 END, n.channel_id, n.user_id NULLS FIRST, n.day
