-- Ids of the users active in each data point, as bits.
--
-- Parameters as in ActiveUsers.sql.
--
-- Rows: point, chunk, users (bit n is the user with id chunk * {{users_per_chunk}} + n), by descending point.
WITH
{{UnfoldedEvents}},
{{ActiveBits}}
SELECT point, chunk, users
FROM active
WHERE bit_count(users) > 0
ORDER BY point DESC, chunk
