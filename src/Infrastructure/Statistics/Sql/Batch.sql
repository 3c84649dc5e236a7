-- A batch of events that is being folded.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first place up to the second, in commit order
--
-- Read first and by itself: joined to other tables, the log would be read by its other indexes, from its beginning.
--
-- Rows: the events, with the slot in which a message was sent (quarter-hours since 1970).
batch AS MATERIALIZED (
  SELECT e.application_id, e.channel_id, e.user_id, e.type, e.sent_at, e.received, e.broadcast,
    floor(extract(epoch FROM e.sent_at) / 900)::int AS slot
  FROM events e
  WHERE (e.xid, e.id) > (@from_xid, @from_id)
    AND (e.xid, e.id) <= (@to_xid, @to_id)
)
