-- Makes the blocks of users that end in a stretch of time out of those of the next shorter length.
--
-- @span, @shorter   lengths in slots
-- @first, @end      the blocks begin in [@first, @end), in slots
INSERT INTO user_counts (application_id, span, start, user_id, received)
SELECT a.id, @span, c.start, c.user_id, c.received
FROM applications a
CROSS JOIN LATERAL (
  SELECT c.start - (c.start % @span + @span) % @span AS start, c.user_id, sum(c.received) AS received
  FROM user_counts c
  WHERE c.application_id = a.id AND c.span = @shorter AND c.start >= @first AND c.start < @end
  GROUP BY c.start - (c.start % @span + @span) % @span, c.user_id
  HAVING sum(c.received) <> 0
) c
ORDER BY a.id, c.start, c.user_id
