-- Pairs of channel and user that "news" (a batch or the tail of the event log) may have changed: by a message, by joining or leaving,
-- by what became of the user (upgraded, deleted) or of the whole channel. Counts move by the news; membership and guesthood are
-- what they are now.
--
-- Table expressions: people_changes, a row a pair, with was_there, was_guest, is_member, is_guest, received; people_differences, rows:
-- application_id, channel_id, and by how much users and guests differ.
dirty AS (
  SELECT n.application_id, n.channel_id, n.user_id, n.received
  FROM news n
  WHERE n.channel_id IS NOT NULL AND n.user_id IS NOT NULL
  UNION ALL
  SELECT n.application_id, their.channel_id, n.user_id, 0
  FROM (
    SELECT DISTINCT application_id, user_id FROM news
    WHERE channel_id IS NULL AND type LIKE 'user.%' AND type <> 'user.created'
  ) n
  CROSS JOIN LATERAL (
    SELECT p.channel_id FROM channel_people p WHERE p.application_id = n.application_id AND p.user_id = n.user_id
    UNION ALL
    SELECT m.channel_id FROM channel_members m WHERE m.application_id = n.application_id AND m.user_id = n.user_id
  ) their
  UNION ALL
  SELECT n.application_id, n.channel_id, its.user_id, 0
  FROM (
    SELECT DISTINCT application_id, channel_id FROM news
    WHERE user_id IS NULL AND type LIKE 'channel.%' AND type NOT IN ('channel.created', 'channel.updated')
  ) n
  CROSS JOIN LATERAL (
    SELECT p.user_id FROM channel_people p WHERE p.application_id = n.application_id AND p.channel_id = n.channel_id
    UNION ALL
    SELECT m.user_id FROM channel_members m WHERE m.application_id = n.application_id AND m.channel_id = n.channel_id
  ) its
),
people_changes AS (
  SELECT d.application_id, d.channel_id, d.user_id,
    coalesce(p.received, 0) + d.received AS received,
    m.user_id IS NOT NULL AS is_member,
    coalesce(u.is_guest, p.is_guest, false) AS is_guest,
    coalesce(p.is_member OR p.received > 0, false) AS was_there,
    coalesce(p.is_guest, false) AS was_guest
  FROM (
    SELECT application_id, channel_id, user_id, sum(received) AS received
    FROM dirty
    GROUP BY application_id, channel_id, user_id
  ) d
  LEFT JOIN channel_people p USING (application_id, channel_id, user_id)
  LEFT JOIN channel_members m USING (application_id, channel_id, user_id)
  LEFT JOIN users u ON u.application_id = d.application_id AND u.id = d.user_id
),
people_differences AS (
  SELECT application_id, channel_id,
    count(*) FILTER (WHERE is_there AND NOT is_guest) - count(*) FILTER (WHERE was_there AND NOT was_guest) AS users,
    count(*) FILTER (WHERE is_there AND is_guest) - count(*) FILTER (WHERE was_there AND was_guest) AS guests
  FROM (SELECT *, is_member OR received > 0 AS is_there FROM people_changes) c
  GROUP BY application_id, channel_id
)
