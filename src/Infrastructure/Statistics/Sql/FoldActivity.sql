-- Sets the bits of users who sent something that was broadcast, in the slot and in those larger blocks that exist. The messages have the
-- last word: in commit order a message's end may come before its beginning, when its deletion drew the older transaction number.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first place up to the second, in commit order
-- @spans       lengths of blocks in slots, 1 first
-- @watermark   larger blocks exist where they end at or before this slot
WITH
{{Batch}},
touched AS (
  SELECT DISTINCT b.application_id, s.span, s.start, b.user_id
  FROM batch b
  CROSS JOIN LATERAL (SELECT span, b.slot - (b.slot % span + span) % span AS start FROM unnest(@spans) AS span) s
  WHERE b.user_id IS NOT NULL AND b.broadcast > 0 AND (s.span = 1 OR s.start + s.span <= @watermark)
)
INSERT INTO activity AS a (application_id, span, start, chunk, users)
SELECT t.application_id, t.span, t.start, t.user_id / 4096, bit_or(set_bit(0::bit(4096), (t.user_id % 4096)::int, 1))
FROM touched t
WHERE EXISTS (
  SELECT FROM messages m
  WHERE m.application_id = t.application_id AND m.user_id = t.user_id AND m.broadcast
    AND m.created_time >= to_timestamp(t.start * 900.0) AND m.created_time < to_timestamp((t.start + t.span) * 900.0)
)
GROUP BY t.application_id, t.span, t.start, t.user_id / 4096
ON CONFLICT (application_id, span, start, chunk) DO UPDATE
SET users = a.users | excluded.users
