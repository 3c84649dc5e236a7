-- Ends user sessions that fell silent, and all chat sessions whose user session is over, of all applications; notes it in the event log.
--
-- @now, @idle_since   when they end, and since when nothing was heard of them
--
-- Row: how many user sessions.
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
