-- Adds a batch of events to the totals of users.
--
-- @from_xid, @from_id, @to_xid, @to_id   see Batch.sql
WITH
{{Batch}}
INSERT INTO user_totals AS t (application_id, user_id, received)
SELECT b.application_id, b.user_id, sum(b.received)
FROM batch b
WHERE b.user_id IS NOT NULL AND b.received <> 0
GROUP BY b.application_id, b.user_id
ORDER BY b.application_id, b.user_id
ON CONFLICT (application_id, user_id) DO UPDATE
SET received = t.received + excluded.received
