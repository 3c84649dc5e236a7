-- Builds buckets of active users from those of the next finer resolution.
--
-- @resolution, @source_resolution   resolution to build, and resolution to read
-- @first, @end                      the buckets start in [@first, @end)
INSERT INTO activity (application_id, resolution, start, chunk, users)
SELECT a.id, @resolution, b.start, b.chunk, b.users
FROM applications a
CROSS JOIN LATERAL (
  SELECT b.start - (b.start % @resolution + @resolution) % @resolution AS start, b.chunk, bit_or(b.users) AS users
  FROM activity b
  WHERE b.application_id = a.id AND b.resolution = @source_resolution AND b.start >= @first AND b.start < @end
  GROUP BY 1, 2
) b
ORDER BY a.id, b.start, b.chunk
