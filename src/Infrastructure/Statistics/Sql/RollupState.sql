-- State of the rollups: one row with watermark, first_bucket, xid (position of the fold).
SELECT s.watermark, s.first_bucket, p.xid
FROM rollup_state s, follower_positions p
WHERE p.name = 'statistics'
