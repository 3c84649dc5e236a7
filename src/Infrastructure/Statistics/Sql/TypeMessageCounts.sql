-- Messages broadcast per channel type and data point. Needs "unfolded_events".
--
-- @application, @range_point … @full_to   see ChannelMessageCounts.sql
--
-- Rows of "type_message_counts": point, type, broadcast; several rows per type and data point, to be summed up.
type_message_counts AS (
  SELECT r.point, c.type, c.broadcast
  FROM unnest(@range_point, @range_resolution, @range_first, @range_end) AS r(point, resolution, first, "end")
  CROSS JOIN LATERAL (
    SELECT c.type, c.broadcast
    FROM type_counts c
    WHERE c.application_id = @application AND c.resolution = r.resolution AND c.start >= r.first AND c.start < r."end"
    OFFSET 0
  ) c
  UNION ALL
  -- A channel that was deleted before its first event was folded has no type; the fold ignores it as well.
  SELECT (@full_point)[w.ordinal], coalesce(k.type, c.type), e.broadcast
  FROM unfolded_events e
  CROSS JOIN LATERAL (SELECT width_bucket(e.bucket, @full_from) AS ordinal) w
  LEFT JOIN channel_totals k ON k.application_id = @application AND k.channel_id = e.channel_id
  LEFT JOIN channels c ON c.application_id = @application AND c.id = e.channel_id
  WHERE e.broadcast <> 0 AND w.ordinal > 0 AND e.bucket < (@full_to)[w.ordinal] AND coalesce(k.type, c.type) IS NOT NULL
  UNION ALL
  SELECT p.point, c.type, 1
  FROM unnest(@partial_point, @partial_from, @partial_to) AS p(point, "from", "to")
  CROSS JOIN LATERAL (
    SELECT m.channel_id
    FROM messages m
    WHERE m.application_id = @application AND m.created_time >= p."from" AND m.created_time < p."to"
      AND m.broadcast AND m.user_id IS NOT NULL
    OFFSET 0
  ) m
  JOIN channels c ON c.application_id = @application AND c.id = m.channel_id
)
