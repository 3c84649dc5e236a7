-- All-time totals of channels and users that differ from a recount.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
--
-- Rows: figure, resolution, start, channel_id, user_id, stored, counted.
WITH
{{UnfoldedEvents}},
sent AS (
  SELECT m.channel_id, m.user_id, count(*) AS received, count(*) FILTER (WHERE m.broadcast) AS broadcast
  FROM messages m
  WHERE m.application_id = @application AND m.user_id IS NOT NULL
  GROUP BY m.channel_id, m.user_id
  UNION ALL
  SELECT e.channel_id, e.user_id, -e.received, -e.broadcast
  FROM unfolded_events e
  WHERE e.channel_id IS NOT NULL
),
channels_counted AS (SELECT channel_id, sum(received) AS received, sum(broadcast) AS broadcast FROM sent GROUP BY channel_id),
users_counted AS (SELECT user_id, sum(received) AS received FROM sent WHERE user_id IS NOT NULL GROUP BY user_id),
contributor_counts AS (
  SELECT c.channel_id,
    count(*) FILTER (WHERE NOT c.is_guest) AS users,
    count(*) FILTER (WHERE c.is_guest) AS guests
  FROM channel_contributors c
  WHERE c.application_id = @application AND (c.is_member OR c.received > 0)
  GROUP BY c.channel_id
),
stored AS (SELECT * FROM channel_totals WHERE application_id = @application)
SELECT 'received by a channel', NULL::int, NULL::int, channel_id, NULL::bigint, coalesce(s.received, 0), coalesce(c.received, 0)::bigint
FROM stored s FULL JOIN channels_counted c USING (channel_id)
WHERE coalesce(s.received, 0) <> coalesce(c.received, 0)
UNION ALL
SELECT 'broadcast in a channel', NULL, NULL, channel_id, NULL, coalesce(s.broadcast, 0), coalesce(c.broadcast, 0)::bigint
FROM stored s FULL JOIN channels_counted c USING (channel_id)
WHERE coalesce(s.broadcast, 0) <> coalesce(c.broadcast, 0)
UNION ALL
SELECT 'users of a channel', NULL, NULL, channel_id, NULL, coalesce(s.users, 0), coalesce(h.users, 0)
FROM stored s FULL JOIN contributor_counts h USING (channel_id)
WHERE coalesce(s.users, 0) <> coalesce(h.users, 0)
UNION ALL
SELECT 'guests of a channel', NULL, NULL, channel_id, NULL, coalesce(s.guests, 0), coalesce(h.guests, 0)
FROM stored s FULL JOIN contributor_counts h USING (channel_id)
WHERE coalesce(s.guests, 0) <> coalesce(h.guests, 0)
UNION ALL
SELECT 'sent by a user', NULL, NULL, NULL, user_id, coalesce(s.received, 0), coalesce(c.received, 0)::bigint
FROM (SELECT * FROM user_totals WHERE application_id = @application) s FULL JOIN users_counted c USING (user_id)
WHERE coalesce(s.received, 0) <> coalesce(c.received, 0)
