-- The channels with most messages broadcast in a period, most first, ties by id.
--
-- @application, @folded_xid   see Tail.sql
-- @bucket … @whole_to         the period as blocks, see Counted.sql
-- @limit                      how many
--
-- Rows: id, type, name, user_names (text[], ascending, DIRECT only), messages.
WITH
{{Tail}},
{{Counted}}
SELECT c.id, c.type, c.name,
  CASE WHEN c.type = 2 THEN ARRAY(
    SELECT u.name
    FROM channel_members m
    JOIN users u ON u.application_id = m.application_id AND u.id = m.user_id
    WHERE m.application_id = c.application_id AND m.channel_id = c.id
    ORDER BY u.name
  ) END AS user_names,
  s.messages
FROM (
  -- The first before channels are looked up; one more for each that was deleted, so that enough are left.
  SELECT channel_id, messages
  FROM counted
  WHERE messages > 0
  ORDER BY messages DESC, channel_id
  LIMIT @limit + (SELECT count(*) FROM channels WHERE application_id = @application AND deleted_time IS NOT NULL)
) s
CROSS JOIN LATERAL (
  SELECT * FROM channels c WHERE c.application_id = @application AND c.id = s.channel_id AND c.deleted_time IS NULL OFFSET 0
) c
ORDER BY s.messages DESC, s.channel_id
LIMIT @limit
