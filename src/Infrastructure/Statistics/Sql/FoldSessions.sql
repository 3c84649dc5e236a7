-- Sets the bits of users whose sessions have ended, in every block that a session overlaps and that exists, and with span 0 in every slot that
-- it lasts through; marks the sessions, and notes how far back they go.
--
-- @spans       lengths of blocks in slots, 1 first
-- @watermark   larger blocks exist where they end at or before this slot
-- @limit       most sessions
--
-- One row: how many sessions were counted.
WITH counted AS (
  UPDATE user_sessions s
  SET counted = true
  FROM (
    SELECT application_id, id FROM user_sessions WHERE NOT counted AND end_time IS NOT NULL LIMIT @limit
  ) next
  WHERE s.application_id = next.application_id AND s.id = next.id
  RETURNING s.application_id, s.user_id, s.created_time, s.end_time,
    floor(extract(epoch FROM s.created_time) / 900)::int AS first_slot,
    floor(extract(epoch FROM greatest(s.end_time - interval '1 microsecond', s.created_time)) / 900)::int AS last_slot
),
blocks AS (
  SELECT c.application_id, s.span, start, c.user_id
  FROM counted c
  CROSS JOIN unnest(@spans) AS s(span)
  CROSS JOIN LATERAL generate_series(c.first_slot - (c.first_slot % s.span + s.span) % s.span, c.last_slot, s.span) AS start
  WHERE s.span = 1 OR start + s.span <= @watermark
  UNION
  SELECT c.application_id, 0, start, c.user_id
  FROM counted c
  CROSS JOIN LATERAL generate_series(
    ceil(extract(epoch FROM c.created_time) / 900)::int, floor(extract(epoch FROM c.end_time) / 900)::int - 1) AS start
),
marked AS (
  INSERT INTO activity AS a (application_id, span, start, chunk, users)
  SELECT application_id, span, start, user_id / 4096, bit_or(set_bit(0::bit(4096), (user_id % 4096)::int, 1))
  FROM blocks
  GROUP BY application_id, span, start, user_id / 4096
  ON CONFLICT (application_id, span, start, chunk) DO UPDATE
  SET users = a.users | excluded.users
),
reached AS (
  UPDATE rollup_state s
  SET first_slot = c.first_slot
  FROM (SELECT min(first_slot) AS first_slot FROM counted) c
  WHERE c.first_slot < s.first_slot
)
SELECT count(*) FROM counted
