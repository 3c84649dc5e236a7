-- Index for message searches: words (full text) and parts of words (trigrams), lowercased by Unicode rules.
CREATE INDEX IF NOT EXISTS ix_messages_search ON messages USING gin (
  application_id,
  to_tsvector('simple', lower(body COLLATE "und-x-icu")),
  lower(body COLLATE "und-x-icu") gin_trgm_ops
);
