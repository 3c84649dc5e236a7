-- Blocks of users by a recount of the messages in the slots [@first, @end), less what the tail will still add to the rollups.
--
-- @application   which tenant
-- @spans         lengths of blocks in slots
--
-- No block reaches beyond the watermark, so what lies there is not read.
--
-- Rows: span, start, user_id, n.
counted AS (
  SELECT span, d.slot - (d.slot % span + span) % span AS start, d.user_id, sum(d.n) AS n
  FROM (
    SELECT m.user_id, floor(extract(epoch FROM m.created_time) / 900)::int AS slot, count(*) AS n
    FROM messages m
    WHERE m.application_id = @application AND m.user_id IS NOT NULL
      AND m.created_time >= to_timestamp(@first * 900.0) AND m.created_time < to_timestamp(least(@end, (SELECT watermark FROM rollup_state)) * 900.0)
    GROUP BY 1, 2
    UNION ALL
    SELECT t.user_id, t.slot, -t.received
    FROM tail t
    WHERE t.received <> 0 AND t.slot >= @first AND t.slot < @end
  ) d
  CROSS JOIN unnest(@spans) AS span
  GROUP BY span, d.slot - (d.slot % span + span) % span, d.user_id
)
