-- Channels with the most messages broadcast in a period, descending, ties by id.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @range_point … @full_to     the period as buckets, see ChannelMessageCounts.sql
-- @limit                      number of channels
--
-- Rows: id, type, name, user_names (text[], ascending, DIRECT only), messages.
WITH
{{UnfoldedEvents}},
{{ChannelMessageCounts}}
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
  -- Limited before the channels are looked up. Deleted channels may be among them, so the limit is increased by their number.
  SELECT channel_id, messages
  FROM channel_message_counts
  WHERE messages > 0
  ORDER BY messages DESC, channel_id
  LIMIT @limit + (SELECT count(*) FROM channels WHERE application_id = @application AND deleted_time IS NOT NULL)
) s
CROSS JOIN LATERAL (
  SELECT * FROM channels c WHERE c.application_id = @application AND c.id = s.channel_id AND c.deleted_time IS NULL OFFSET 0
) c
ORDER BY s.messages DESC, s.channel_id
LIMIT @limit
