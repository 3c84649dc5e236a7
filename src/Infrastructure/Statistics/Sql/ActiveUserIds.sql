-- Who was active in each bucket, as bits, newest bucket first.
--
-- Parameters as for ActiveUsers.sql.
--
-- Rows: bucket, chunk, users (bit(4096): the users whose id divided by 4096 is the chunk, at the place of the remainder).
WITH
{{Tail}},
{{ActiveBits}}
SELECT bucket, chunk, users
FROM active
WHERE bit_count(users) > 0
ORDER BY bucket DESC, chunk
