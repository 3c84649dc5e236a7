-- Adds a batch of late events to the existing buckets of users in channels.
--
-- @from_xid, @from_id, @to_xid, @to_id   see Batch.sql
-- @resolutions   resolutions of the rollup
-- @watermark     buckets exist if they end at or before this bucket
WITH
{{Batch}}
INSERT INTO channel_user_counts AS t (application_id, channel_id, resolution, start, user_id, received)
SELECT d.application_id, d.channel_id, s.resolution, s.start, d.user_id, sum(d.received)
FROM (
  SELECT b.application_id, b.channel_id, b.user_id, b.bucket, sum(b.received) AS received
  FROM batch b
  WHERE b.channel_id IS NOT NULL AND b.user_id IS NOT NULL AND b.received <> 0 AND b.bucket < @watermark
  GROUP BY b.application_id, b.channel_id, b.user_id, b.bucket
) d
CROSS JOIN LATERAL (
  SELECT resolution, d.bucket - (d.bucket % resolution + resolution) % resolution AS start FROM unnest(@resolutions) AS resolution
) s
WHERE s.start + s.resolution <= @watermark
GROUP BY d.application_id, d.channel_id, s.resolution, s.start, d.user_id
HAVING sum(d.received) <> 0
ORDER BY d.application_id, d.channel_id, s.resolution, s.start, d.user_id
ON CONFLICT (application_id, channel_id, resolution, start, user_id) DO UPDATE
SET received = t.received + excluded.received
