-- Distinct users active in each bucket.
--
-- @application, @folded_xid   see Tail.sql
-- @bucket_number … @now       the buckets, see ActiveBits.sql
--
-- Rows: bucket, users; none for buckets without any.
WITH
{{Tail}},
{{ActiveBits}}
SELECT bucket, sum(users)::int AS users
FROM (SELECT bucket, bit_count(users)::int AS users FROM active OFFSET 0) c
GROUP BY bucket
HAVING sum(users) > 0
ORDER BY bucket
