-- Builds buckets of channel types from those of the next finer resolution.
--
-- @resolution, @source_resolution   resolution to build, and resolution to read
-- @first, @end                      the buckets start in [@first, @end)
INSERT INTO type_counts (application_id, resolution, start, type, broadcast)
SELECT a.id, @resolution, c.start, c.type, c.broadcast
FROM applications a
CROSS JOIN LATERAL (
  SELECT c.start - (c.start % @resolution + @resolution) % @resolution AS start, c.type, sum(c.broadcast) AS broadcast
  FROM type_counts c
  WHERE c.application_id = a.id AND c.resolution = @source_resolution AND c.start >= @first AND c.start < @end
  GROUP BY 1, 2
  HAVING sum(c.broadcast) <> 0
) c
