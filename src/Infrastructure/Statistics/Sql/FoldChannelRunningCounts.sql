-- Adds a batch of late events to the running counts of channels: to a row for each channel and period.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first place up to the second, in commit order
-- @watermark   days are counted where they end at or before this slot
WITH
{{Batch}},
gains AS (
  SELECT b.application_id, b.channel_id, floor(b.slot / 96.0)::int AS day, sum(b.broadcast) AS gain
  FROM batch b
  WHERE b.channel_id IS NOT NULL AND b.broadcast <> 0 AND (floor(b.slot / 96.0) + 1) * 96 <= @watermark
  GROUP BY 1, 2, 3
  HAVING sum(b.broadcast) <> 0
)
{{AddRunningCounts}}
