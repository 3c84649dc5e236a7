-- Adds a batch of events to the blocks of channel types. A channel that was gone before it was first counted has no type and, its
-- messages being gone too, no count.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first place up to the second, in commit order
-- @spans       lengths of blocks in slots, 1 first
-- @watermark   larger blocks exist where they end at or before this slot
WITH
{{Batch}}
INSERT INTO type_counts AS t (application_id, span, start, type, broadcast)
SELECT d.application_id, s.span, s.start, d.type, sum(d.broadcast)
FROM (
  SELECT b.application_id, c.type, b.slot, sum(b.broadcast) AS broadcast
  FROM batch b
  JOIN channel_totals c USING (application_id, channel_id)
  WHERE b.broadcast <> 0 AND c.type IS NOT NULL
  GROUP BY b.application_id, c.type, b.slot
) d
CROSS JOIN LATERAL (SELECT span, d.slot - (d.slot % span + span) % span AS start FROM unnest(@spans) AS span) s
WHERE s.span = 1 OR s.start + s.span <= @watermark
GROUP BY d.application_id, s.span, s.start, d.type
HAVING sum(d.broadcast) <> 0
ON CONFLICT (application_id, span, start, type) DO UPDATE
SET broadcast = t.broadcast + excluded.broadcast
