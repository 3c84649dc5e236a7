-- Number of distinct users active in each data point.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @interval_point … @now      see ActiveBits.sql
--
-- Rows: point, users; no row for a data point without active users.
WITH
{{UnfoldedEvents}},
{{ActiveBits}}
SELECT point, sum(users)::int AS users
FROM (SELECT point, bit_count(users)::int AS users FROM active OFFSET 0) c
GROUP BY point
HAVING sum(users) > 0
ORDER BY point
