-- Message counts by user and day, then totals by user and overall. Users without messages get a total of 0.
--
-- @application
-- @from, @to   sent at or after, before; null for no bound
-- @days        dates (date[]), by the start of their intervals
-- @day_from    starts of the intervals (timestamptz[], ascending, without gaps); they cover all messages
--
-- Rows: row (detail, user or total), day, user_id, user, display_name, is_guest, messages, broadcast, replies, channels; null in
-- columns that a row sums over.
WITH sent AS (
  SELECT m.channel_id, m.user_id, (@days)[width_bucket(m.created_time, @day_from)] AS day, m.broadcast, m.parent_id
  FROM messages m
  JOIN channels c ON c.application_id = m.application_id AND c.id = m.channel_id AND c.deleted_time IS NULL
  WHERE m.application_id = @application AND m.user_id IS NOT NULL
    AND (@from::timestamptz IS NULL OR m.created_time >= @from)
    AND (@to::timestamptz IS NULL OR m.created_time < @to)
),
counts AS (
  SELECT
    CASE grouping(user_id, day) WHEN 0 THEN 'detail' WHEN 1 THEN 'user' ELSE 'total' END AS "row",
    user_id, day,
    count(*) AS messages,
    count(*) FILTER (WHERE broadcast) AS broadcast,
    count(parent_id) AS replies,
    count(DISTINCT channel_id) AS channels,
    grouping(user_id, day) AS level
  FROM sent
  GROUP BY GROUPING SETS ((user_id, day), (user_id), ())
),
inactive AS (
  SELECT u.id
  FROM users u
  WHERE u.application_id = @application AND u.deleted_time IS NULL
    AND NOT EXISTS (SELECT FROM counts n WHERE n.user_id = u.id)
)
SELECT n."row", n.day, n.user_id, u.name AS "user", u.display_name, u.is_guest, n.messages, n.broadcast, n.replies, n.channels
FROM (
  SELECT "row", level, day, user_id, messages, broadcast, replies, channels FROM counts
  UNION ALL
  SELECT 'user', 1, NULL, id, 0, 0, 0, 0 FROM inactive
) n
LEFT JOIN users u ON u.application_id = @application AND u.id = n.user_id
ORDER BY n.level, n.user_id, n.day
