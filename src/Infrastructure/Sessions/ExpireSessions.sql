-- Ends the idle user sessions of all applications and all chat sessions of ended user sessions, and logs an event for each.
--
-- @now, @idle_since   the end time; sessions that were last seen before @idle_since are idle
--
-- Row: the number of expired user sessions.
WITH expired AS (
  UPDATE user_sessions s
  SET end_time = @now
  WHERE s.end_time IS NULL AND s.seen_time < @idle_since
  RETURNING s.application_id, s.id, s.user_id
),
ended_chat_sessions AS (
  UPDATE chat_sessions c
  SET end_time = @now
  FROM user_sessions s
  WHERE c.end_time IS NULL AND s.application_id = c.application_id AND s.id = c.user_session_id
    AND (s.end_time IS NOT NULL OR s.seen_time < @idle_since)
  RETURNING c.application_id, c.channel_id, c.user_id
),
logged AS (
  INSERT INTO events (application_id, type, channel_id, user_id)
  SELECT application_id, 'chat_session.ended', channel_id, user_id FROM ended_chat_sessions
  UNION ALL
  SELECT application_id, 'session.ended', NULL, user_id FROM expired
)
SELECT count(*)::int FROM expired
