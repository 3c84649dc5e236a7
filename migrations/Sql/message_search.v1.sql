-- The index behind searches in messages: words (full text) and parts of words (trigrams), in lower case by the rules of Unicode.
CREATE INDEX IF NOT EXISTS ix_messages_search ON messages USING gin (
  application_id,
  to_tsvector('simple', lower(body COLLATE "und-x-icu")),
  lower(body COLLATE "und-x-icu") gin_trgm_ops
);
