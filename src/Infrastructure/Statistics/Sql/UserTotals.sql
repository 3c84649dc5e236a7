-- What users have sent to all channels, by ascending id.
--
-- @application, @folded_xid   see Tail.sql
-- @from, @to                  a period [from, to); null for none
-- @after                      ids above this one
-- @limit                      most rows; null for all
--
-- Rows: user_id, total, in_period (null without a period). A deleted user is listed while messages of theirs are there.
WITH
{{Tail}},
unfolded AS (
  SELECT t.user_id, sum(t.received) AS received
  FROM tail t
  WHERE t.received <> 0
  GROUP BY t.user_id
),
page AS (
  SELECT u.id, coalesce(t.received, 0) + coalesce(n.received, 0) AS total
  FROM users u
  LEFT JOIN user_totals t ON t.application_id = u.application_id AND t.user_id = u.id
  LEFT JOIN unfolded n ON n.user_id = u.id
  WHERE u.application_id = @application AND u.id > @after
    AND (u.deleted_time IS NULL OR coalesce(t.received, 0) + coalesce(n.received, 0) > 0)
  ORDER BY u.id
  LIMIT @limit
),
in_period AS (
  SELECT m.user_id, count(*) AS messages
  FROM messages m
  WHERE m.application_id = @application AND m.created_time >= @from AND m.created_time < @to
    AND m.user_id > @after AND (@limit IS NULL OR m.user_id <= (SELECT max(id) FROM page))
  GROUP BY m.user_id
)
SELECT p.id AS user_id, p.total, CASE WHEN @from IS NOT NULL THEN coalesce(i.messages, 0) END AS in_period
FROM page p
LEFT JOIN in_period i ON i.user_id = p.id
ORDER BY p.id
