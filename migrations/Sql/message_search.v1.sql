-- What a search in messages uses: words (full text) and parts of words (trigrams), both in lower case by the rules of Unicode.
-- Both extensions come with PostgreSQL and are trusted: the database's owner may make them.
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE INDEX IF NOT EXISTS ix_messages_search ON messages USING gin (
  application_id,
  to_tsvector('simple', lower(body COLLATE "und-x-icu")),
  lower(body COLLATE "und-x-icu") gin_trgm_ops
);
