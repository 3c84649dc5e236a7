-- Blocks of channels by a recount of the messages in the slots [@first, @end), less what the tail will still add to the rollups.
--
-- @application   which tenant
-- @spans         lengths of blocks in slots
--
-- Rows: span, start, channel_id, n.
counted AS (
  SELECT span, d.slot - (d.slot % span + span) % span AS start, d.channel_id, sum(d.n) AS n
  FROM (
    SELECT m.channel_id, floor(extract(epoch FROM m.created_time) / 900)::int AS slot, count(*) AS n
    FROM messages m
    WHERE m.application_id = @application AND m.user_id IS NOT NULL AND m.broadcast
      AND m.created_time >= to_timestamp(@first * 900.0) AND m.created_time < to_timestamp(@end * 900.0)
    GROUP BY 1, 2
    UNION ALL
    SELECT t.channel_id, t.slot, -t.broadcast
    FROM tail t
    WHERE t.broadcast <> 0 AND t.slot >= @first AND t.slot < @end
  ) d
  CROSS JOIN unnest(@spans) AS span
  GROUP BY span, d.slot - (d.slot % span + span) % span, d.channel_id
)
