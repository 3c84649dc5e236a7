-- The days beside their neighbours and their period, from "counted_days" (day, figure: ascending, adjoining, zeros too).
--
-- @first_of_period   days from this one on are the period, those before it what it is compared with
--
-- Rows: day, figure, variation (against the day before), of_period (the sum of the period, or of what it is compared with).
SELECT day, figure,
  figure - lag(figure, 1, 0::bigint) OVER (ORDER BY day) AS variation,
  (sum(figure) OVER (PARTITION BY day >= @first_of_period))::bigint AS of_period
FROM counted_days
ORDER BY day
