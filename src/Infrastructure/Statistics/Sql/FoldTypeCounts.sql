-- Adds a batch of events to the buckets of channel types. Ignores channels that were deleted before their first event was folded: they have
-- neither a type nor messages.
--
-- @from_xid, @from_id, @to_xid, @to_id   see Batch.sql
-- @resolutions   resolutions of the rollup, 1 first
-- @watermark     coarser buckets exist if they end at or before this bucket
WITH
{{Batch}}
INSERT INTO type_counts AS t (application_id, resolution, start, type, broadcast)
SELECT d.application_id, s.resolution, s.start, d.type, sum(d.broadcast)
FROM (
  SELECT b.application_id, c.type, b.bucket, sum(b.broadcast) AS broadcast
  FROM batch b
  JOIN channel_totals c USING (application_id, channel_id)
  WHERE b.broadcast <> 0 AND c.type IS NOT NULL
  GROUP BY b.application_id, c.type, b.bucket
) d
CROSS JOIN LATERAL (
  SELECT resolution, d.bucket - (d.bucket % resolution + resolution) % resolution AS start FROM unnest(@resolutions) AS resolution
) s
WHERE s.resolution = 1 OR s.start + s.resolution <= @watermark
GROUP BY d.application_id, s.resolution, s.start, d.type
HAVING sum(d.broadcast) <> 0
ON CONFLICT (application_id, resolution, start, type) DO UPDATE
SET broadcast = t.broadcast + excluded.broadcast
