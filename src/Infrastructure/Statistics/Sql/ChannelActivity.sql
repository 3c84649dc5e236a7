-- Channels by the messages broadcast in a period, most first, beside those of the period before.
--
-- @application, @folded_xid   see Tail.sql
-- @bucket … @whole_to         the periods as blocks, see Counted.sql
-- @only_active                leaves out channels without a message in both
-- @offset, @limit             the page
--
-- Rows: id, type, name, user_names (text[], ascending, DIRECT only), created_time, updated_time, messages, before, and in each row
-- total, the rows of all pages.
WITH
{{Tail}},
{{Counted}},
sums AS (
  SELECT channel_id, sum(messages) AS messages, sum(before) AS before FROM counted GROUP BY channel_id
),
page AS (
  SELECT c.id, coalesce(s.messages, 0) AS messages, coalesce(s.before, 0) AS before, count(*) OVER () AS total
  FROM channels c
  LEFT JOIN sums s ON s.channel_id = c.id
  WHERE c.application_id = @application AND c.deleted_time IS NULL AND (NOT @only_active OR s.messages > 0 OR s.before > 0)
  ORDER BY messages DESC, c.id
  OFFSET @offset LIMIT @limit
)
SELECT c.id, c.type, c.name,
  CASE WHEN c.type = 2 THEN ARRAY(
    SELECT u.name
    FROM channel_members m
    JOIN users u ON u.application_id = m.application_id AND u.id = m.user_id
    WHERE m.application_id = c.application_id AND m.channel_id = c.id
    ORDER BY u.name
  ) END AS user_names,
  c.created_time, c.updated_time, p.messages, p.before, p.total
FROM page p
JOIN channels c ON c.application_id = @application AND c.id = p.id
ORDER BY p.messages DESC, p.id
