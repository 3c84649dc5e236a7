-- Renumbers the log of a database that was restored into another cluster, so that its transaction ids are older than all later ones. The
-- order of the events and the positions of the followers stay. Arrivals count on above the stored ones: no transaction that stored a row
-- is above the log and its followers.
WITH arrivals AS (
  INSERT INTO arrival_offset (value)
  SELECT greatest((SELECT max(xid::text::bigint) FROM events), (SELECT max(xid::text::bigint) FROM follower_positions))
  ON CONFLICT (only_row) DO UPDATE SET value = arrival_offset.value + excluded.value
),
ordered AS (
  SELECT application_id, id, xid,
    (SELECT coalesce(min(id), 0) FROM events) - count(*) OVER () + row_number() OVER (ORDER BY xid, id) - 1 AS new_id
  FROM events
),
renumbered AS (
  UPDATE events e
  SET xid = '1', id = o.new_id
  FROM ordered o
  WHERE e.application_id = o.application_id AND e.id = o.id
)
UPDATE follower_positions p
SET xid = '1', event_id = coalesce(
  (SELECT max(o.new_id) FROM ordered o WHERE (o.xid, o.id) <= (p.xid, p.event_id)), (SELECT min(o.new_id) - 1 FROM ordered o), 0)
