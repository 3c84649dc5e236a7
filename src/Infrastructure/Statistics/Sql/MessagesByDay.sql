-- Messages broadcast per day.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @days                       numbers of the days, ascending, without gaps; also the data points
-- @range_point … @full_to     the days as buckets, see ChannelMessageCounts.sql
-- @first_of_period            see DailyCounts.sql
--
-- Rows: see DailyCounts.sql.
WITH
{{UnfoldedEvents}},
{{TypeMessageCounts}},
day_counts AS (
  SELECT d.day, coalesce(sum(c.broadcast), 0)::bigint AS count
  FROM unnest(@days) AS d(day)
  LEFT JOIN type_message_counts c ON c.point = d.day
  GROUP BY d.day
)
{{DailyCounts}}
