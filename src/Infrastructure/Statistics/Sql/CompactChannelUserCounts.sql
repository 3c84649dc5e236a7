-- Builds buckets of users in channels from those of the next finer resolution.
--
-- @resolution, @source_resolution   resolution to build, and resolution to read
-- @first, @end                      the buckets start in [@first, @end)
INSERT INTO channel_user_counts (application_id, resolution, start, channel_id, user_id, received)
SELECT a.id, @resolution, c.start, c.channel_id, c.user_id, c.received
FROM applications a
CROSS JOIN LATERAL (
  SELECT c.start - (c.start % @resolution + @resolution) % @resolution AS start, c.channel_id, c.user_id, sum(c.received) AS received
  FROM channel_user_counts c
  WHERE c.application_id = a.id AND c.resolution = @source_resolution AND c.start >= @first AND c.start < @end
  GROUP BY c.start - (c.start % @resolution + @resolution) % @resolution, c.channel_id, c.user_id
  HAVING sum(c.received) <> 0
) c
ORDER BY a.id, c.start, c.channel_id, c.user_id
