-- Compares each day with the day before, and sums up periods. Needs "day_counts" (day, count; ascending, without gaps, zeros included).
--
-- @first_of_period   first day of the period; earlier days are the previous period
--
-- Rows: day, count, variation (difference to the day before), period_total (sum of the period that contains the day).
SELECT day, count,
  count - lag(count, 1, 0::bigint) OVER (ORDER BY day) AS variation,
  (sum(count) OVER (PARTITION BY day >= @first_of_period))::bigint AS period_total
FROM day_counts
ORDER BY day
