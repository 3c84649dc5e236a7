-- Deletes the memberships, read marks, invites, blacklist and sessions of a channel. The event log already holds its deletion.
--
-- @application, @channel
WITH members AS (DELETE FROM channel_members WHERE application_id = @application AND channel_id = @channel),
marks AS (DELETE FROM read_marks WHERE application_id = @application AND channel_id = @channel),
invites AS (DELETE FROM channel_invites WHERE application_id = @application AND channel_id = @channel),
blacklist AS (DELETE FROM channel_blacklist WHERE application_id = @application AND channel_id = @channel)
DELETE FROM chat_sessions WHERE application_id = @application AND channel_id = @channel
