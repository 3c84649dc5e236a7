-- Adds the members of channels who do not take part in the channels' chats yet as participants.
--
-- $1 the application, $2 the channels
WITH new_members AS (
  SELECT c.id AS chat_id, c.channel_id, m.user_id, m.created_time, u.name, u.display_name
  FROM chats c
  JOIN channel_members m ON m.application_id = c.application_id AND m.channel_id = c.channel_id
  JOIN users u ON u.application_id = m.application_id AND u.id = m.user_id
  WHERE c.application_id = $1
    AND c.channel_id = ANY ($2)
    AND NOT EXISTS (
      SELECT FROM participants p
      JOIN participations s ON s.application_id = p.application_id AND s.participant_id = p.id AND s.left_at IS NULL
      WHERE p.application_id = c.application_id AND p.chat_id = c.id AND p.user_id = m.user_id)
),
upserted AS (
  INSERT INTO participants (application_id, id, chat_id, user_id, firstname, username)
  SELECT $1, gen_random_uuid(), chat_id, user_id, display_name, name
  FROM new_members
  ON CONFLICT (application_id, chat_id, user_id) DO UPDATE
    SET firstname = excluded.firstname, lastname = NULL, username = excluded.username
  RETURNING id, chat_id, user_id
),
opened AS (
  INSERT INTO participations (application_id, participant_id, joined_at)
  SELECT $1, p.id, n.created_time
  FROM upserted p
  JOIN new_members n USING (chat_id, user_id)
)
INSERT INTO events (application_id, type, channel_id, user_id, payload)
SELECT $1, 'chat.participant_joined', n.channel_id, n.user_id, jsonb_build_object('chatId', p.chat_id, 'participantId', p.id)
FROM upserted p
JOIN new_members n USING (chat_id, user_id)
