-- Channels by number of messages broadcast in a period, descending, with the number in the previous period.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @range_point … @full_to     both periods as buckets, see ChannelMessageCounts.sql
-- @only_active                excludes channels without messages in both periods
-- @offset, @limit             the page
--
-- Rows: id, type, name, user_names (text[], ascending, DIRECT only), created_time, updated_time, messages, before, total (number of
-- rows of all pages).
WITH
{{UnfoldedEvents}},
{{ChannelMessageCounts}},
page AS (
  SELECT id, messages, before
  FROM (
    -- Channels with messages in the period come first. PostgreSQL reads the others only if these do not fill the page.
    (
      SELECT c.id, s.messages, s.before
      FROM (
        SELECT * FROM channel_message_counts WHERE messages > 0 ORDER BY messages DESC, channel_id
        LIMIT @offset + @limit + (SELECT count(*) FROM channels WHERE application_id = @application AND deleted_time IS NOT NULL)
      ) s
      CROSS JOIN LATERAL (
        SELECT c.id FROM channels c WHERE c.application_id = @application AND c.id = s.channel_id AND c.deleted_time IS NULL OFFSET 0
      ) c
      ORDER BY s.messages DESC, c.id
    )
    UNION ALL
    (
      SELECT c.id, 0, coalesce(s.before, 0)
      FROM channels c
      LEFT JOIN channel_message_counts s ON s.channel_id = c.id
      WHERE c.application_id = @application AND c.deleted_time IS NULL AND coalesce(s.messages, 0) = 0
        AND (NOT @only_active OR s.before > 0)
      ORDER BY c.id
    )
  ) c
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
  c.created_time, c.updated_time, p.messages, p.before,
  (
    SELECT count(*)
    FROM channels c
    WHERE c.application_id = @application AND c.deleted_time IS NULL
      AND (NOT @only_active OR c.id IN (SELECT channel_id FROM channel_message_counts WHERE messages > 0 OR before > 0))
  ) AS total
FROM page p
JOIN channels c ON c.application_id = @application AND c.id = p.id
ORDER BY p.messages DESC, p.id
