-- Deletes the rows that belong to one user only. The event log gets an event for each ended membership.
--
-- @application, @user
WITH logins AS (DELETE FROM login_tokens WHERE application_id = @application AND user_id = @user),
account AS (DELETE FROM accounts WHERE application_id = @application AND user_id = @user),
secrets AS (DELETE FROM user_secrets WHERE application_id = @application AND user_id = @user),
chat_sessions AS (DELETE FROM chat_sessions WHERE application_id = @application AND user_id = @user),
user_sessions AS (DELETE FROM user_sessions WHERE application_id = @application AND user_id = @user),
invites AS (DELETE FROM channel_invites WHERE application_id = @application AND user_id = @user),
blacklist AS (DELETE FROM channel_blacklist WHERE application_id = @application AND user_id = @user),
notifications AS (DELETE FROM notifications WHERE application_id = @application AND user_id = @user),
memberships AS (DELETE FROM channel_members WHERE application_id = @application AND user_id = @user RETURNING channel_id)
INSERT INTO events (application_id, type, channel_id, user_id)
SELECT @application, 'channel.member_left', channel_id, @user FROM memberships
