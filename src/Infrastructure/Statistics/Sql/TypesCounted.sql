-- Messages broadcast a channel type and bucket.
--
-- @application, @bucket … @whole_to   see Counted.sql
--
-- Rows: bucket, type, broadcast; any number a type and bucket, to be summed.
counted AS (
  SELECT r.bucket, c.type, c.broadcast
  FROM unnest(@bucket, @span, @first, @end) AS r(bucket, span, first, "end")
  CROSS JOIN LATERAL (
    SELECT c.type, c.broadcast
    FROM type_counts c
    WHERE c.application_id = @application AND c.span = r.span AND c.start >= r.first AND c.start < r."end"
    OFFSET 0
  ) c
  UNION ALL
  -- A channel that was gone before it was first counted has no type: the fold passes it over, too.
  SELECT (@whole_bucket)[w.place], coalesce(k.type, c.type), t.broadcast
  FROM tail t
  CROSS JOIN LATERAL (SELECT width_bucket(t.slot, @whole_from) AS place) w
  LEFT JOIN channel_totals k ON k.application_id = @application AND k.channel_id = t.channel_id
  LEFT JOIN channels c ON c.application_id = @application AND c.id = t.channel_id
  WHERE t.broadcast <> 0 AND w.place > 0 AND t.slot < (@whole_to)[w.place] AND coalesce(k.type, c.type) IS NOT NULL
  UNION ALL
  SELECT e.bucket, c.type, 1
  FROM unnest(@end_bucket, @end_from, @end_to) AS e(bucket, "from", "to")
  CROSS JOIN LATERAL (
    SELECT m.channel_id
    FROM messages m
    WHERE m.application_id = @application AND m.created_time >= e."from" AND m.created_time < e."to"
      AND m.broadcast AND m.user_id IS NOT NULL
    OFFSET 0
  ) m
  JOIN channels c ON c.application_id = @application AND c.id = m.channel_id
)
