-- Notes that a batch of events is in the rollups.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first place up to the second, in commit order
WITH
{{Batch}},
reached AS (UPDATE follower_positions SET xid = @to_xid, event_id = @to_id WHERE name = 'statistics')
UPDATE rollup_state s
SET first_slot = least(s.first_slot, b.first_slot), last_slot = greatest(s.last_slot, b.last_slot)
FROM (SELECT min(slot) AS first_slot, max(slot) AS last_slot FROM batch WHERE slot IS NOT NULL) b
WHERE b.first_slot < s.first_slot OR b.last_slot > s.last_slot
