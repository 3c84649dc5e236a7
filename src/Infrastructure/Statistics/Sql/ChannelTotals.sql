-- What channels have seen in all their time, by ascending id.
--
-- @application, @folded_xid   see Tail.sql
-- @after, @upto               ids above the one, up to the other
-- @active                     only channels in this state; null for all
-- @limit                      most rows; null for all
--
-- Rows: id, active, received, broadcast, users, guests, concurrent_users, concurrent_guests, blacklist (bigint[], ascending).
WITH
{{Tail}},
news AS (SELECT * FROM tail),
{{PeopleChanges}},
unfolded AS (
  SELECT t.channel_id, sum(t.received) AS received, sum(t.broadcast) AS broadcast
  FROM tail t
  GROUP BY t.channel_id
),
present AS (
  SELECT channel_id, count(*) FILTER (WHERE NOT u.is_guest) AS users, count(*) FILTER (WHERE u.is_guest) AS guests
  FROM (
    SELECT DISTINCT s.channel_id, s.user_id
    FROM chat_sessions s
    WHERE s.application_id = @application AND s.end_time IS NULL
      AND s.channel_id > @after AND (s.application_id, s.channel_id) <= (@application, @upto)
  ) s
  JOIN users u ON u.application_id = @application AND u.id = s.user_id
  GROUP BY channel_id
),
silenced AS (
  SELECT b.channel_id, array_agg(b.user_id ORDER BY b.user_id) AS user_ids
  FROM channel_blacklist b
  WHERE b.application_id = @application AND b.channel_id > @after AND (b.application_id, b.channel_id) <= (@application, @upto)
  GROUP BY b.channel_id
)
SELECT c.id, c.active,
  coalesce(t.received, 0) + coalesce(n.received, 0) AS received,
  coalesce(t.broadcast, 0) + coalesce(n.broadcast, 0) AS broadcast,
  coalesce(t.users, 0) + coalesce(d.users, 0) AS users,
  coalesce(t.guests, 0) + coalesce(d.guests, 0) AS guests,
  coalesce(p.users, 0) AS concurrent_users,
  coalesce(p.guests, 0) AS concurrent_guests,
  coalesce(s.user_ids, '{}') AS blacklist
FROM channels c
LEFT JOIN channel_totals t ON t.application_id = c.application_id AND t.channel_id = c.id
LEFT JOIN unfolded n ON n.channel_id = c.id
LEFT JOIN people_differences d ON d.application_id = c.application_id AND d.channel_id = c.id
LEFT JOIN present p ON p.channel_id = c.id
LEFT JOIN silenced s ON s.channel_id = c.id
-- Rows are compared and nulls filled in so that a plan for any parameters expects many channels, not a handful.
WHERE c.application_id = @application AND c.deleted_time IS NULL
  AND c.id > @after AND (c.application_id, c.id) <= (@application, @upto)
  AND coalesce(c.active = @active, true)
ORDER BY c.id
LIMIT @limit
