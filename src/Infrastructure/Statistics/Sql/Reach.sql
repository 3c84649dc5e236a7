-- How far the rollups reach: one row, watermark (slot), xid.
SELECT s.watermark, p.xid
FROM rollup_state s, follower_positions p
WHERE p.name = 'statistics'
