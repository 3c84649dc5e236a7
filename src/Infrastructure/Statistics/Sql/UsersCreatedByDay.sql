-- Users created per day.
--
-- @application                        the tenant
-- @days                               numbers of the days, ascending, without gaps
-- @interval_day, @interval_from,      intervals (timestamptz, [from, to)) of the days, ascending, without overlaps; a day may have several
--   @interval_to
-- @first_of_period                    see DailyCounts.sql
--
-- Rows: see DailyCounts.sql.
WITH
day_counts AS (
  SELECT d.day, count(u.day) AS count
  FROM unnest(@days) AS d(day)
  LEFT JOIN (
    SELECT (@interval_day)[w.ordinal] AS day
    FROM users u
    CROSS JOIN LATERAL (SELECT width_bucket(u.created_time, @interval_from) AS ordinal) w
    WHERE u.application_id = @application
      AND u.created_time >= (@interval_from)[1] AND u.created_time < (@interval_to)[cardinality(@interval_to)]
      AND u.created_time < (@interval_to)[w.ordinal]
  ) u USING (day)
  GROUP BY d.day
)
{{DailyCounts}}
