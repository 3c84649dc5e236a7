-- Adds a batch of events to the blocks of channels: always to the slot, and to those larger blocks that exist.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first place up to the second, in commit order
-- @spans       lengths of blocks in slots, 1 first
-- @watermark   larger blocks exist where they end at or before this slot
WITH
{{Batch}}
INSERT INTO channel_counts AS t (application_id, span, start, channel_id, broadcast)
SELECT d.application_id, s.span, s.start, d.channel_id, sum(d.broadcast)
FROM (
  SELECT b.application_id, b.channel_id, b.slot, sum(b.broadcast) AS broadcast
  FROM batch b
  WHERE b.channel_id IS NOT NULL AND b.broadcast <> 0
  GROUP BY b.application_id, b.channel_id, b.slot
) d
CROSS JOIN LATERAL (SELECT span, d.slot - (d.slot % span + span) % span AS start FROM unnest(@spans) AS span) s
WHERE s.span = 1 OR s.start + s.span <= @watermark
GROUP BY d.application_id, s.span, s.start, d.channel_id
HAVING sum(d.broadcast) <> 0
ORDER BY d.application_id, s.span, s.start, d.channel_id
ON CONFLICT (application_id, span, start, channel_id) DO UPDATE
SET broadcast = t.broadcast + excluded.broadcast
