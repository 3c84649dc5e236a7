-- Messages broadcast in a period by channel type.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @range_point … @full_to     the period as buckets, see ChannelMessageCounts.sql
--
-- Rows: type, messages; no row for a type without messages.
WITH
{{UnfoldedEvents}},
{{TypeMessageCounts}}
SELECT type, sum(broadcast)::bigint AS messages
FROM type_message_counts
GROUP BY type
HAVING sum(broadcast) <> 0
