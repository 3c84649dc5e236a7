-- Adds a batch of late events to the running counts of channels.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first place up to the second, in commit order
-- @watermark   blocks are counted where they end at or before this slot
WITH
{{Batch}},
gains AS (
  SELECT b.application_id, b.channel_id, floor(b.slot / 384.0)::int AS block, sum(b.broadcast) AS gain
  FROM batch b
  WHERE b.channel_id IS NOT NULL AND b.broadcast <> 0 AND (floor(b.slot / 384.0) + 1) * 384 <= @watermark
  GROUP BY 1, 2, 3
  HAVING sum(b.broadcast) <> 0
)
{{AddRunningCounts}}
