-- Deletes a channel that has no messages left.
--
-- @application, @channel
WITH chats AS (UPDATE chats SET channel_id = NULL WHERE application_id = @application AND channel_id = @channel),
threads AS (DELETE FROM threads WHERE application_id = @application AND channel_id = @channel)
DELETE FROM channels WHERE application_id = @application AND id = @channel
