-- Widens the known extent of the slots to what there is in an application.
--
-- @application   the tenant
--
-- One row: first_slot, end_slot (of messages, sessions and stored blocks; null when there are none).
WITH messages_extent AS (
  SELECT floor(extract(epoch FROM min(m.created_time)) / 900)::int AS first_slot,
    floor(extract(epoch FROM max(m.created_time)) / 900)::int AS last_slot
  FROM messages m
  WHERE m.application_id = @application
),
widened AS (
  UPDATE rollup_state s
  SET first_slot = least(s.first_slot, e.first_slot), last_slot = greatest(s.last_slot, e.last_slot)
  FROM messages_extent e
  WHERE e.first_slot IS NOT NULL
)
SELECT least(m.first_slot, c.first_slot, a.first_slot, s.first_slot), greatest(m.last_slot, c.last_slot, a.last_slot, s.last_slot) + 1
FROM messages_extent m,
  (SELECT min(start) AS first_slot, max(start) AS last_slot FROM channel_counts WHERE application_id = @application AND span = 1) c,
  (SELECT min(start) AS first_slot, max(start) AS last_slot FROM activity WHERE application_id = @application AND span = 1) a,
  (
    SELECT floor(extract(epoch FROM min(created_time)) / 900)::int AS first_slot,
      floor(extract(epoch FROM max(end_time)) / 900)::int AS last_slot
    FROM user_sessions
    WHERE application_id = @application AND counted
  ) s
