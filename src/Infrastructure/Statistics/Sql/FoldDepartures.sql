-- Clears the bits of users who, after a batch of events that took messages away, have none left in a block and no session in it.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first place up to the second, in commit order
-- @spans   lengths of blocks in slots, 1 first
WITH
{{Batch}},
absent AS (
  SELECT DISTINCT b.application_id, s.span, s.start, b.user_id
  FROM batch b
  CROSS JOIN LATERAL (SELECT span, b.slot - (b.slot % span + span) % span AS start FROM unnest(@spans) AS span) s
  WHERE b.broadcast < 0 AND NOT EXISTS (
    SELECT FROM messages m
    WHERE m.application_id = b.application_id AND m.user_id = b.user_id AND m.broadcast
      AND m.created_time >= to_timestamp(s.start * 900.0) AND m.created_time < to_timestamp((s.start + s.span) * 900.0)
  ) AND NOT EXISTS (
    SELECT FROM user_sessions u
    WHERE u.application_id = b.application_id AND u.user_id = b.user_id AND u.counted
      AND u.created_time < to_timestamp((s.start + s.span) * 900.0)
      AND (u.end_time > to_timestamp(s.start * 900.0) OR u.created_time >= to_timestamp(s.start * 900.0))
  )
)
UPDATE activity a
SET users = a.users & ~d.users
FROM (
  SELECT application_id, span, start, user_id / 4096 AS chunk, bit_or(set_bit(0::bit(4096), (user_id % 4096)::int, 1)) AS users
  FROM absent
  GROUP BY application_id, span, start, user_id / 4096
) d
WHERE a.application_id = d.application_id AND a.span = d.span AND a.start = d.start AND a.chunk = d.chunk
