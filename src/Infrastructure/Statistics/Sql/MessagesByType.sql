-- Messages broadcast in a period by the type of their channel.
--
-- @application, @folded_xid   see Tail.sql
-- @bucket … @whole_to         the period as blocks, see Counted.sql
--
-- Rows: type, messages; none for types without any.
WITH
{{Tail}},
{{TypesCounted}}
SELECT type, sum(broadcast)::bigint AS messages
FROM counted
GROUP BY type
HAVING sum(broadcast) <> 0
