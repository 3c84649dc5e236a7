-- Planner statistics: hardly any session is longer than a day. Without them the planner assumes a third of all sessions and scans the
-- tables instead of the small indexes of long sessions. The next ANALYZE, such as autovacuum's, fills them.
CREATE STATISTICS IF NOT EXISTS st_user_sessions_length ON (end_time - created_time) FROM user_sessions;
CREATE STATISTICS IF NOT EXISTS st_chat_sessions_length ON (end_time - created_time) FROM chat_sessions;
