-- Distinct users active in each bucket.
--
-- @application, @folded_xid                  see Tail.sql
-- @bucket_number, @bucket_from, @bucket_to   the buckets' intervals (timestamptz, [from, to)); a bucket may have several
-- @bucket … @end_to                          the same as blocks, see Counted.sql
-- @now                                       until when open sessions count
--
-- Rows: bucket, users; none for buckets without any.
WITH
{{Tail}},
{{ActiveBits}}
SELECT bucket, sum(bit_count(users))::int AS users
FROM active
GROUP BY bucket
HAVING sum(bit_count(users)) > 0
ORDER BY bucket
