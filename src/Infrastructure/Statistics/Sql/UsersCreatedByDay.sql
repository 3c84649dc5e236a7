-- Users created a day.
--
-- @application       the tenant
-- @days              the days' numbers, adjoining, ascending
-- @day_from          when they begin (timestamptz), and when the last one ends
-- @first_of_period   see DayFigures.sql
--
-- Rows: day, users, variation (against the day before), of_period (the sum over the part that the day belongs to).
WITH
counted_days AS (
  SELECT d.day, count(u.place) AS figure
  FROM unnest(@days) WITH ORDINALITY AS d(day, place)
  LEFT JOIN (
    SELECT width_bucket(u.created_time, @day_from) AS place
    FROM users u
    WHERE u.application_id = @application
      AND u.created_time >= (@day_from)[1] AND u.created_time < (@day_from)[cardinality(@day_from)]
  ) u USING (place)
  GROUP BY d.day
)
{{DayFigures}}
