-- Messages broadcast a day.
--
-- @application, @folded_xid   see Tail.sql
-- @days                       the days' numbers, adjoining, ascending
-- @bucket … @whole_to         the days as blocks, see Counted.sql
-- @first_of_period            see DayFigures.sql
--
-- Rows: day, messages, variation (against the day before), of_period (the sum over the part that the day belongs to).
WITH
{{Tail}},
{{TypesCounted}},
counted_days AS (
  SELECT d.day, coalesce(sum(c.broadcast), 0)::bigint AS figure
  FROM unnest(@days) AS d(day)
  LEFT JOIN counted c ON c.bucket = d.day
  GROUP BY d.day
)
{{DayFigures}}
