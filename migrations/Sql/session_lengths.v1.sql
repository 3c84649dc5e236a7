-- Figures for the planner: that next to no session is longer than a day. Without them it takes a third of all for such sessions and reads
-- all to find them, instead of the small indexes of just these. Statistics of a length come with the next ANALYZE, the server's own included.
CREATE STATISTICS IF NOT EXISTS st_user_sessions_length ON (end_time - created_time) FROM user_sessions;
CREATE STATISTICS IF NOT EXISTS st_chat_sessions_length ON (end_time - created_time) FROM chat_sessions;
