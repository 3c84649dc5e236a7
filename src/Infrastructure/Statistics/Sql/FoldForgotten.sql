-- Clears the bits of users who, in a batch of events, were deleted and lost their sessions, where neither a message nor a session is left.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first place up to the second, in commit order
WITH
{{Batch}},
forgotten AS (
  SELECT DISTINCT application_id, user_id FROM batch WHERE type = 'user.deleted'
),
absent AS (
  SELECT a.application_id, a.span, a.start, a.chunk, f.user_id
  FROM forgotten f
  JOIN activity a ON a.application_id = f.application_id AND a.chunk = f.user_id / 4096
  WHERE get_bit(a.users, (f.user_id % 4096)::int) = 1 AND NOT EXISTS (
    SELECT FROM messages m
    WHERE m.application_id = a.application_id AND m.user_id = f.user_id AND m.broadcast
      AND m.created_time >= to_timestamp(a.start * 900.0) AND m.created_time < to_timestamp((a.start + a.span) * 900.0)
  ) AND NOT EXISTS (
    SELECT FROM user_sessions u
    WHERE u.application_id = a.application_id AND u.user_id = f.user_id AND u.counted AND CASE a.span
      WHEN 0 THEN u.created_time <= to_timestamp(a.start * 900.0) AND u.end_time >= to_timestamp((a.start + 1) * 900.0)
      ELSE u.created_time < to_timestamp((a.start + a.span) * 900.0)
        AND (u.end_time > to_timestamp(a.start * 900.0) OR u.created_time >= to_timestamp(a.start * 900.0))
      END
  )
)
UPDATE activity a
SET users = a.users & ~d.users
FROM (
  SELECT application_id, span, start, chunk, bit_or(set_bit(0::bit(4096), (user_id % 4096)::int, 1)) AS users
  FROM absent
  GROUP BY application_id, span, start, chunk
) d
WHERE a.application_id = d.application_id AND a.span = d.span AND a.start = d.start AND a.chunk = d.chunk
