-- Adds a batch of late events to the running counts of channels.
--
-- @from_xid, @from_id, @to_xid, @to_id   see Batch.sql
-- @resolutions   resolutions of the rollup
-- @watermark     rows exist if they end at or before this bucket
WITH
{{Batch}},
deltas AS (
  SELECT b.application_id, b.channel_id, resolution,
    b.bucket - (b.bucket % resolution + resolution) % resolution AS start, sum(b.broadcast) AS delta
  FROM batch b
  CROSS JOIN unnest(@resolutions) AS resolution
  WHERE b.channel_id IS NOT NULL AND b.broadcast <> 0
    AND b.bucket - (b.bucket % resolution + resolution) % resolution + resolution <= @watermark
  GROUP BY 1, 2, 3, 4
  HAVING sum(b.broadcast) <> 0
),
{{AddRunningCounts}}
