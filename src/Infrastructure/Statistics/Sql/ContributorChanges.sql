-- Pairs of channel and user that "changes" (a batch or the unfolded events) may have changed: by a message, by joining or leaving, by a
-- change of the user (upgrade, deletion) or of the whole channel. Message counts are added up from the events; membership and guest state
-- are read as they are now, so that order and repetition of events do not matter.
--
-- Rows of "contributor_changes": application_id, channel_id, user_id, received, is_member, is_guest, was_there, was_guest.
-- Rows of "contributor_deltas": application_id, channel_id, and the change of the numbers of users and guests.
affected AS (
  SELECT n.application_id, n.channel_id, n.user_id, n.received
  FROM changes n
  WHERE n.channel_id IS NOT NULL AND n.user_id IS NOT NULL
  UNION ALL
  SELECT n.application_id, their.channel_id, n.user_id, 0
  FROM (
    SELECT DISTINCT application_id, user_id FROM changes
    WHERE channel_id IS NULL AND type LIKE 'user.%' AND type <> 'user.created'
  ) n
  CROSS JOIN LATERAL (
    SELECT c.channel_id FROM channel_contributors c WHERE c.application_id = n.application_id AND c.user_id = n.user_id
    UNION ALL
    SELECT m.channel_id FROM channel_members m WHERE m.application_id = n.application_id AND m.user_id = n.user_id
  ) their
  UNION ALL
  SELECT n.application_id, n.channel_id, its.user_id, 0
  FROM (
    SELECT DISTINCT application_id, channel_id FROM changes
    WHERE user_id IS NULL AND type LIKE 'channel.%' AND type NOT IN ('channel.created', 'channel.updated')
  ) n
  CROSS JOIN LATERAL (
    SELECT c.user_id FROM channel_contributors c WHERE c.application_id = n.application_id AND c.channel_id = n.channel_id
    UNION ALL
    SELECT m.user_id FROM channel_members m WHERE m.application_id = n.application_id AND m.channel_id = n.channel_id
  ) its
),
contributor_changes AS (
  SELECT d.application_id, d.channel_id, d.user_id,
    coalesce(c.received, 0) + d.received AS received,
    m.user_id IS NOT NULL AS is_member,
    coalesce(u.is_guest, c.is_guest, false) AS is_guest,
    coalesce(c.is_member OR c.received > 0, false) AS was_there,
    coalesce(c.is_guest, false) AS was_guest
  FROM (
    SELECT application_id, channel_id, user_id, sum(received) AS received
    FROM affected
    GROUP BY application_id, channel_id, user_id
  ) d
  LEFT JOIN channel_contributors c USING (application_id, channel_id, user_id)
  LEFT JOIN channel_members m USING (application_id, channel_id, user_id)
  LEFT JOIN users u ON u.application_id = d.application_id AND u.id = d.user_id
),
contributor_deltas AS (
  SELECT application_id, channel_id,
    count(*) FILTER (WHERE is_there AND NOT is_guest) - count(*) FILTER (WHERE was_there AND NOT was_guest) AS users,
    count(*) FILTER (WHERE is_there AND is_guest) - count(*) FILTER (WHERE was_there AND was_guest) AS guests
  FROM (SELECT *, is_member OR received > 0 AS is_there FROM contributor_changes) c
  GROUP BY application_id, channel_id
)
