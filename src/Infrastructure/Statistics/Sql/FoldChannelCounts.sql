-- Adds a batch of events to the buckets of channels: to the bucket of 15 minutes, and to the coarser buckets that exist.
--
-- @from_xid, @from_id, @to_xid, @to_id   see Batch.sql
-- @resolutions   resolutions of the rollup, 1 first
-- @watermark     coarser buckets exist if they end at or before this bucket
WITH
{{Batch}}
INSERT INTO channel_counts AS t (application_id, resolution, start, channel_id, broadcast)
SELECT d.application_id, s.resolution, s.start, d.channel_id, sum(d.broadcast)
FROM (
  SELECT b.application_id, b.channel_id, b.bucket, sum(b.broadcast) AS broadcast
  FROM batch b
  WHERE b.channel_id IS NOT NULL AND b.broadcast <> 0
  GROUP BY b.application_id, b.channel_id, b.bucket
) d
CROSS JOIN LATERAL (
  SELECT resolution, d.bucket - (d.bucket % resolution + resolution) % resolution AS start FROM unnest(@resolutions) AS resolution
) s
WHERE s.resolution = 1 OR s.start + s.resolution <= @watermark
GROUP BY d.application_id, s.resolution, s.start, d.channel_id
HAVING sum(d.broadcast) <> 0
ORDER BY d.application_id, s.resolution, s.start, d.channel_id
ON CONFLICT (application_id, resolution, start, channel_id) DO UPDATE
SET broadcast = t.broadcast + excluded.broadcast
