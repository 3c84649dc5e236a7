-- Makes the blocks of channel types that end in a stretch of time out of those of the next shorter length.
--
-- @span, @shorter   lengths in slots
-- @first, @end      the blocks begin in [@first, @end), in slots
INSERT INTO type_counts (application_id, span, start, type, broadcast)
SELECT a.id, @span, c.start, c.type, c.broadcast
FROM applications a
CROSS JOIN LATERAL (
  SELECT c.start - (c.start % @span + @span) % @span AS start, c.type, sum(c.broadcast) AS broadcast
  FROM type_counts c
  WHERE c.application_id = a.id AND c.span = @shorter AND c.start >= @first AND c.start < @end
  GROUP BY 1, 2
  HAVING sum(c.broadcast) <> 0
) c
