-- Buckets whose bits differ from the users found in messages and counted sessions. Ignores users with unfolded events in the bucket.
--
-- @application, @folded_xid   see UnfoldedEvents.sql
-- @first, @end, @resolutions   see RecountActivity.sql
--
-- Rows: figure, resolution, start, channel_id, user_id (the first that differs), stored, counted.
WITH
{{UnfoldedEvents}},
{{RecountActivity}},
unfolded_users AS (
  SELECT resolution, e.bucket - (e.bucket % resolution + resolution) % resolution AS start, e.user_id / {{users_per_chunk}} AS chunk,
    ~bit_or(set_bit(0::bit({{users_per_chunk}}), (e.user_id % {{users_per_chunk}})::int, 1)) AS mask
  FROM unfolded_events e
  CROSS JOIN unnest(@resolutions) AS resolution
  WHERE e.broadcast <> 0
  GROUP BY 1, 2, 3
),
deleted_users AS (
  SELECT e.user_id / {{users_per_chunk}} AS chunk,
    ~bit_or(set_bit(0::bit({{users_per_chunk}}), (e.user_id % {{users_per_chunk}})::int, 1)) AS mask
  FROM unfolded_events e
  WHERE e.type = 'user.deleted'
  GROUP BY 1
),
compared AS (
  SELECT resolution, start, chunk,
    coalesce(s.users, 0::bit({{users_per_chunk}}))
      & coalesce(o.mask, ~0::bit({{users_per_chunk}})) & coalesce(f.mask, ~0::bit({{users_per_chunk}})) AS stored,
    coalesce(c.users, 0::bit({{users_per_chunk}}))
      & coalesce(o.mask, ~0::bit({{users_per_chunk}})) & coalesce(f.mask, ~0::bit({{users_per_chunk}})) AS counted
  FROM (SELECT * FROM activity WHERE application_id = @application) s
  FULL JOIN recount c USING (resolution, start, chunk)
  LEFT JOIN unfolded_users o USING (resolution, start, chunk)
  LEFT JOIN deleted_users f USING (chunk)
)
SELECT CASE resolution WHEN 0 THEN 'active throughout' ELSE 'active users' END, greatest(resolution, 1), start, NULL::bigint,
  chunk * {{users_per_chunk}} + position(B'1' IN stored # counted) - 1, bit_count(stored), bit_count(counted)
FROM compared
WHERE stored <> counted
  AND (resolution <= 1 OR start + resolution <= (SELECT watermark FROM rollup_state))
