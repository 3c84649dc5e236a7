-- Contributors of channels that differ from messages and members. Ignores membership and guest state of users with unfolded events.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
--
-- Rows: figure, resolution, start, channel_id, user_id, stored, counted.
WITH
{{UnfoldedEvents}},
changes AS (SELECT * FROM unfolded_events),
{{ContributorChanges}},
sent AS (
  SELECT channel_id, user_id, sum(received) AS received
  FROM (
    SELECT m.channel_id, m.user_id, count(*) AS received
    FROM messages m
    WHERE m.application_id = @application AND m.user_id IS NOT NULL
    GROUP BY m.channel_id, m.user_id
    UNION ALL
    SELECT e.channel_id, e.user_id, -e.received
    FROM unfolded_events e
    WHERE e.received <> 0
  ) s
  GROUP BY channel_id, user_id
),
compared AS (
  SELECT channel_id, user_id, c.received AS stored, s.received AS counted,
    coalesce(c.is_member, false) AS was_member, m.user_id IS NOT NULL AS is_member,
    coalesce(c.is_guest, false) AS was_guest, u.is_guest
  FROM (SELECT * FROM channel_contributors WHERE application_id = @application) c
  FULL JOIN sent s USING (channel_id, user_id)
  FULL JOIN (SELECT * FROM channel_members WHERE application_id = @application) m USING (channel_id, user_id)
  LEFT JOIN users u ON u.application_id = @application AND u.id = user_id
)
SELECT 'received from a user', NULL::int, NULL::int, channel_id, user_id, coalesce(stored, 0), coalesce(counted, 0)::bigint
FROM compared
WHERE coalesce(stored, 0) <> coalesce(counted, 0)
UNION ALL
SELECT 'membership of a user', NULL, NULL, c.channel_id, c.user_id, was_member::int, is_member::int
FROM compared c
WHERE was_member <> is_member
  AND NOT EXISTS (SELECT FROM affected d WHERE d.channel_id = c.channel_id AND d.user_id = c.user_id)
UNION ALL
SELECT 'guesthood of a user', NULL, NULL, c.channel_id, c.user_id, was_guest::int, is_guest::int
FROM compared c
WHERE was_guest <> is_guest AND stored IS NOT NULL
  AND NOT EXISTS (SELECT FROM affected d WHERE d.channel_id = c.channel_id AND d.user_id = c.user_id)
