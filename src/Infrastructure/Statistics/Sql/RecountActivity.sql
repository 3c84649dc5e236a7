-- Active users by the messages and the counted sessions in the slots [@first, @end).
--
-- @application   which tenant
-- @spans         lengths of blocks in slots; what lasts through a slot comes besides, with span 0
--
-- Rows: span, start, chunk, users (bits).
counted AS (
  SELECT span, start, user_id / 4096 AS chunk, bit_or(set_bit(0::bit(4096), (user_id % 4096)::int, 1)) AS users
  FROM (
    SELECT span, d.slot - (d.slot % span + span) % span AS start, d.user_id
    FROM (
      SELECT m.user_id, floor(extract(epoch FROM m.created_time) / 900)::int AS slot
      FROM messages m
      WHERE m.application_id = @application AND m.user_id IS NOT NULL AND m.broadcast
        AND m.created_time >= to_timestamp(@first * 900.0) AND m.created_time < to_timestamp(@end * 900.0)
      UNION
      SELECT s.user_id, generate_series(
        greatest(@first, floor(extract(epoch FROM s.created_time) / 900)::int),
        least(@end - 1, floor(extract(epoch FROM greatest(s.end_time - interval '1 microsecond', s.created_time)) / 900)::int))
      FROM user_sessions s
      WHERE s.application_id = @application AND s.counted AND s.created_time < to_timestamp(@end * 900.0)
        AND (s.end_time > to_timestamp(@first * 900.0) OR s.created_time >= to_timestamp(@first * 900.0))
    ) d
    CROSS JOIN unnest(@spans) AS span
    UNION
    SELECT 0, generate_series(
      greatest(@first, ceil(extract(epoch FROM s.created_time) / 900)::int),
      least(@end, floor(extract(epoch FROM s.end_time) / 900)::int) - 1), s.user_id
    FROM user_sessions s
    WHERE s.application_id = @application AND s.counted AND s.created_time < to_timestamp(@end * 900.0)
      AND s.end_time > to_timestamp(@first * 900.0)
  ) u
  GROUP BY span, start, user_id / 4096
)
