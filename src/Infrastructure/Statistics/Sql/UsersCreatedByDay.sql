-- Users created per day.
--
-- @application       the tenant
-- @days              numbers of the days, ascending, without gaps
-- @day_from          start of each day (timestamptz), and the end of the last day
-- @first_of_period   see DailyCounts.sql
--
-- Rows: see DailyCounts.sql.
WITH
day_counts AS (
  SELECT d.day, count(u.ordinal) AS count
  FROM unnest(@days) WITH ORDINALITY AS d(day, ordinal)
  LEFT JOIN (
    SELECT width_bucket(u.created_time, @day_from) AS ordinal
    FROM users u
    WHERE u.application_id = @application
      AND u.created_time >= (@day_from)[1] AND u.created_time < (@day_from)[cardinality(@day_from)]
  ) u USING (ordinal)
  GROUP BY d.day
)
{{DailyCounts}}
