-- How far the rollups reach: one row, watermark (slot), first_slot, xid.
SELECT s.watermark, s.first_slot, p.xid
FROM rollup_state s, follower_positions p
WHERE p.name = 'statistics'
