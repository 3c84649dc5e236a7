-- The batch of events that is folded.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first position, up to and including the second, in commit order
--
-- Materialized: if it were joined to other tables, PostgreSQL would read the log by another index, from its beginning.
--
-- Rows: the events, with the bucket in which the message was sent.
batch AS MATERIALIZED (
  SELECT e.application_id, e.channel_id, e.user_id, e.type, e.sent_at, e.received, e.broadcast,
    floor(extract(epoch FROM e.sent_at) / {{bucket_seconds}})::int AS bucket
  FROM events e
  WHERE (e.xid, e.id) > (@from_xid, @from_id)
    AND (e.xid, e.id) <= (@to_xid, @to_id)
)
