-- Adds a batch of events to the totals of channels. A channel keeps the type of its first event.
--
-- @from_xid, @from_id, @to_xid, @to_id   see Batch.sql
WITH
{{Batch}}
INSERT INTO channel_totals AS t (application_id, channel_id, type, received, broadcast, users, guests)
SELECT b.application_id, b.channel_id, c.type, sum(b.received), sum(b.broadcast), 0, 0
FROM batch b
LEFT JOIN channels c ON c.application_id = b.application_id AND c.id = b.channel_id
WHERE b.channel_id IS NOT NULL AND (b.received <> 0 OR b.broadcast <> 0)
GROUP BY b.application_id, b.channel_id, c.type
ORDER BY b.application_id, b.channel_id
ON CONFLICT (application_id, channel_id) DO UPDATE
SET received = t.received + excluded.received, broadcast = t.broadcast + excluded.broadcast, type = coalesce(t.type, excluded.type)
