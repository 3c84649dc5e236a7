-- Stores the position of the fold after a batch, and the extent of the buckets.
--
-- @from_xid, @from_id, @to_xid, @to_id   see Batch.sql
WITH
{{Batch}},
new_position AS (UPDATE follower_positions SET xid = @to_xid, event_id = @to_id WHERE name = 'statistics')
UPDATE rollup_state s
SET first_bucket = least(s.first_bucket, b.first_bucket), last_bucket = greatest(s.last_bucket, b.last_bucket)
FROM (SELECT min(bucket) AS first_bucket, max(bucket) AS last_bucket FROM batch WHERE bucket IS NOT NULL) b
WHERE b.first_bucket < s.first_bucket OR b.last_bucket > s.last_bucket
