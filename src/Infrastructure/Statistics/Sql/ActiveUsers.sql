-- Distinct users active in each bucket.
--
-- @application, @folded_xid                      see Tail.sql
-- @bucket_number, @bucket_from, @bucket_to       the buckets' intervals (timestamptz, [from, to)); a bucket may have several
-- @bucket, @span, @first, @end                   runs of blocks that cover them: blocks of @span slots that begin in [@first, @end)
-- @end_bucket, @end_from, @end_to                stretches that no block covers (timestamptz, [from, to))
-- @now                                           until when open sessions count
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
