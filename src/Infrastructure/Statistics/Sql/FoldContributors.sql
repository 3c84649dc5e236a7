-- Updates the contributors of channels, and their numbers, after a batch of events.
--
-- @from_xid, @from_id, @to_xid, @to_id   see Batch.sql
WITH
{{Batch}},
changes AS (SELECT * FROM batch),
{{ContributorChanges}},
deleted AS (
  DELETE FROM channel_contributors s
  USING contributor_changes c
  WHERE s.application_id = c.application_id AND s.channel_id = c.channel_id AND s.user_id = c.user_id
    AND NOT c.is_member AND c.received = 0
),
upserted AS (
  INSERT INTO channel_contributors (application_id, channel_id, user_id, received, is_member, is_guest)
  SELECT c.application_id, c.channel_id, c.user_id, c.received, c.is_member, c.is_guest
  FROM contributor_changes c
  WHERE c.is_member OR c.received <> 0
  ON CONFLICT (application_id, channel_id, user_id) DO UPDATE
  SET received = excluded.received, is_member = excluded.is_member, is_guest = excluded.is_guest
)
INSERT INTO channel_totals AS t (application_id, channel_id, type, received, broadcast, users, guests)
SELECT d.application_id, d.channel_id, c.type, 0, 0, d.users, d.guests
FROM contributor_deltas d
LEFT JOIN channels c ON c.application_id = d.application_id AND c.id = d.channel_id
WHERE d.users <> 0 OR d.guests <> 0
ON CONFLICT (application_id, channel_id) DO UPDATE
SET users = t.users + excluded.users, guests = t.guests + excluded.guests, type = coalesce(t.type, excluded.type)
