-- The channels with most messages broadcast in a period, most first, ties by id.
--
-- @application, @folded_xid   see Tail.sql
-- @bucket … @whole_to         the period as blocks, see Counted.sql
-- @limit                      how many
--
-- Rows: id, type, name, user_names (text[], ascending, DIRECT only), messages.
WITH
{{Tail}},
{{Counted}},
ranked AS (
  SELECT s.channel_id, s.messages, row_number() OVER (ORDER BY s.messages DESC, s.channel_id) AS place
  FROM (SELECT channel_id, sum(broadcast)::bigint AS messages FROM counted GROUP BY channel_id) s
  WHERE s.messages > 0
    AND EXISTS (SELECT FROM channels c WHERE c.application_id = @application AND c.id = s.channel_id AND c.deleted_time IS NULL)
)
SELECT c.id, c.type, c.name,
  CASE WHEN c.type = 2 THEN ARRAY(
    SELECT u.name
    FROM channel_members m
    JOIN users u ON u.application_id = m.application_id AND u.id = m.user_id
    WHERE m.application_id = c.application_id AND m.channel_id = c.id
    ORDER BY u.name
  ) END AS user_names,
  r.messages
FROM ranked r
JOIN channels c ON c.application_id = @application AND c.id = r.channel_id
WHERE r.place <= @limit
ORDER BY r.place
