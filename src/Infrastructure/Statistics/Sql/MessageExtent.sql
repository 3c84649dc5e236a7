-- First and last bucket with messages, null if there are none. Covers all applications and the sessions, so it may be too wide.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
--
-- One row: first bucket, last bucket.
WITH
{{UnfoldedEvents}}
SELECT least(nullif(s.first_bucket, {{no_first_bucket}}), t.first_bucket), greatest(nullif(s.last_bucket, {{min_bucket}}), t.last_bucket)
FROM rollup_state s, (SELECT min(bucket) AS first_bucket, max(bucket) AS last_bucket FROM unfolded_events) t
