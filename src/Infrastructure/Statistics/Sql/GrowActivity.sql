-- Makes the blocks of active users that end in a stretch of time out of those of the next shorter length.
--
-- @span, @shorter   lengths in slots
-- @first, @end      the blocks begin in [@first, @end), in slots
INSERT INTO activity (application_id, span, start, chunk, users)
SELECT a.id, @span, b.start, b.chunk, b.users
FROM applications a
CROSS JOIN LATERAL (
  SELECT b.start - (b.start % @span + @span) % @span AS start, b.chunk, bit_or(b.users) AS users
  FROM activity b
  WHERE b.application_id = a.id AND b.span = @shorter AND b.start >= @first AND b.start < @end
  GROUP BY 1, 2
) b
ORDER BY a.id, b.start, b.chunk
