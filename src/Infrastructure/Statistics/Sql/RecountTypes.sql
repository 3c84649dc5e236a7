-- Blocks of channel types by a recount of the messages in the slots [@first, @end), less what the tail will still add to the rollups.
--
-- @application   which tenant
-- @spans         lengths of blocks in slots
--
-- Rows: span, start, type, n.
counted AS (
  SELECT span, d.slot - (d.slot % span + span) % span AS start, d.type, sum(d.n) AS n
  FROM (
    SELECT c.type, floor(extract(epoch FROM m.created_time) / 900)::int AS slot, count(*) AS n
    FROM messages m
    JOIN channels c ON c.application_id = m.application_id AND c.id = m.channel_id
    WHERE m.application_id = @application AND m.user_id IS NOT NULL AND m.broadcast
      AND m.created_time >= to_timestamp(@first * 900.0) AND m.created_time < to_timestamp(@end * 900.0)
    GROUP BY 1, 2
    UNION ALL
    SELECT coalesce(k.type, c.type), t.slot, -t.broadcast
    FROM tail t
    LEFT JOIN channel_totals k ON k.application_id = t.application_id AND k.channel_id = t.channel_id
    LEFT JOIN channels c ON c.application_id = t.application_id AND c.id = t.channel_id
    WHERE t.broadcast <> 0 AND coalesce(k.type, c.type) IS NOT NULL AND t.slot >= @first AND t.slot < @end
  ) d
  CROSS JOIN unnest(@spans) AS span
  GROUP BY span, d.slot - (d.slot % span + span) % span, d.type
)
