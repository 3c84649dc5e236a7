-- Adds a batch of late events to the blocks of users in channels that exist.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first place up to the second, in commit order
-- @spans       lengths of blocks in slots
-- @watermark   blocks exist where they end at or before this slot
WITH
{{Batch}}
INSERT INTO channel_user_counts AS t (application_id, channel_id, span, start, user_id, received)
SELECT d.application_id, d.channel_id, s.span, s.start, d.user_id, sum(d.received)
FROM (
  SELECT b.application_id, b.channel_id, b.user_id, b.slot, sum(b.received) AS received
  FROM batch b
  WHERE b.channel_id IS NOT NULL AND b.user_id IS NOT NULL AND b.received <> 0 AND b.slot < @watermark
  GROUP BY b.application_id, b.channel_id, b.user_id, b.slot
) d
CROSS JOIN LATERAL (SELECT span, d.slot - (d.slot % span + span) % span AS start FROM unnest(@spans) AS span) s
WHERE s.start + s.span <= @watermark
GROUP BY d.application_id, d.channel_id, s.span, s.start, d.user_id
HAVING sum(d.received) <> 0
ORDER BY d.application_id, d.channel_id, s.span, s.start, d.user_id
ON CONFLICT (application_id, channel_id, span, start, user_id) DO UPDATE
SET received = t.received + excluded.received
