-- Adds a batch of late events to the running counts of channels: to a row for each chunk of 128 channels and each day or period.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first place up to the second, in commit order
-- @spans       lengths of days and periods in slots
-- @watermark   they are counted where they end at or before this slot
WITH
{{Batch}},
gains AS (
  SELECT b.application_id, b.channel_id, span, b.slot - (b.slot % span + span) % span AS start, sum(b.broadcast) AS gain
  FROM batch b
  CROSS JOIN unnest(@spans) AS span
  WHERE b.channel_id IS NOT NULL AND b.broadcast <> 0 AND b.slot - (b.slot % span + span) % span + span <= @watermark
  GROUP BY 1, 2, 3, 4
  HAVING sum(b.broadcast) <> 0
),
{{AddRunningCounts}}
