-- Planner statistics: very few sessions are longer than a day. Without them the planner assumes a third of all sessions and reads the whole
-- table instead of the small indexes of long sessions. ANALYZE collects them, autovacuum included.
CREATE STATISTICS IF NOT EXISTS st_user_sessions_length ON (end_time - created_time) FROM user_sessions;
CREATE STATISTICS IF NOT EXISTS st_chat_sessions_length ON (end_time - created_time) FROM chat_sessions;
