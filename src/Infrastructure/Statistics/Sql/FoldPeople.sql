-- Brings the people of channels, and their numbers, to what a batch of events made of them.
--
-- @from_xid, @from_id, @to_xid, @to_id   the batch: events after the first place up to the second, in commit order
WITH
{{Batch}},
news AS (SELECT * FROM batch),
{{PeopleChanges}},
gone AS (
  DELETE FROM channel_people p
  USING people_changes c
  WHERE p.application_id = c.application_id AND p.channel_id = c.channel_id AND p.user_id = c.user_id
    AND NOT c.is_member AND c.received = 0
),
kept AS (
  INSERT INTO channel_people AS p (application_id, channel_id, user_id, received, is_member, is_guest)
  SELECT c.application_id, c.channel_id, c.user_id, c.received, c.is_member, c.is_guest
  FROM people_changes c
  WHERE c.is_member OR c.received <> 0
  ON CONFLICT (application_id, channel_id, user_id) DO UPDATE
  SET received = excluded.received, is_member = excluded.is_member, is_guest = excluded.is_guest
)
INSERT INTO channel_totals AS t (application_id, channel_id, type, received, broadcast, users, guests)
SELECT d.application_id, d.channel_id, c.type, 0, 0, d.users, d.guests
FROM people_differences d
LEFT JOIN channels c ON c.application_id = d.application_id AND c.id = d.channel_id
WHERE d.users <> 0 OR d.guests <> 0
ON CONFLICT (application_id, channel_id) DO UPDATE
SET users = t.users + excluded.users, guests = t.guests + excluded.guests, type = coalesce(t.type, excluded.type)
