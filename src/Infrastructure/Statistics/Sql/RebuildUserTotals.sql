-- The totals of some users made anew; who sent nothing keeps zeros.
--
-- @application, @folded_xid   see Tail.sql
-- @after, @upto               users with ids above the first, up to the second
WITH
{{Tail}},
sent AS (
  SELECT m.channel_id, m.user_id, count(*) AS received, count(*) FILTER (WHERE m.broadcast) AS broadcast
  FROM messages m
  WHERE m.application_id = @application AND m.user_id IS NOT NULL AND m.user_id > @after AND m.user_id <= @upto
  GROUP BY m.channel_id, m.user_id
  UNION ALL
  SELECT t.channel_id, t.user_id, -t.received, -t.broadcast
  FROM tail t
  WHERE (t.received <> 0 OR t.broadcast <> 0) AND t.user_id > @after AND t.user_id <= @upto
)
INSERT INTO user_totals AS t (application_id, user_id, received)
SELECT @application, user_id, sum(received)
FROM (
  SELECT user_id, received FROM sent
  UNION ALL
  SELECT user_id, 0 FROM user_totals WHERE application_id = @application AND user_id > @after AND user_id <= @upto
) s
GROUP BY user_id
ON CONFLICT (application_id, user_id) DO UPDATE SET received = excluded.received
