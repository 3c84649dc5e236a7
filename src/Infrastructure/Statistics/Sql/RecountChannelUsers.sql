-- Blocks of users in channels by a recount of the messages in the slots [@first, @end), less what the tail will still add to the rollups.
--
-- @application   which tenant
-- @after, @upto  channels with ids above the first, up to the second
-- @spans         lengths of blocks in slots
--
-- No block reaches beyond the watermark, so what lies there is not read.
--
-- Rows: span, start, channel_id, user_id, n.
counted AS (
  SELECT span, d.slot - (d.slot % span + span) % span AS start, d.channel_id, d.user_id, sum(d.n) AS n
  FROM (
    SELECT m.channel_id, m.user_id, floor(extract(epoch FROM m.created_time) / 900)::int AS slot, count(*) AS n
    FROM messages m
    WHERE m.application_id = @application AND m.user_id IS NOT NULL AND m.channel_id > @after AND m.channel_id <= @upto
      AND m.created_time >= to_timestamp(@first * 900.0) AND m.created_time < to_timestamp(least(@end, (SELECT watermark FROM rollup_state)) * 900.0)
    GROUP BY 1, 2, 3
    UNION ALL
    SELECT t.channel_id, t.user_id, t.slot, -t.received
    FROM tail t
    WHERE t.received <> 0 AND t.channel_id > @after AND t.channel_id <= @upto AND t.slot >= @first AND t.slot < @end
  ) d
  CROSS JOIN unnest(@spans) AS span
  GROUP BY span, d.slot - (d.slot % span + span) % span, d.channel_id, d.user_id
)
