-- Extensions for indexes: btree_gin (application_id beside jsonb and text), pg_trgm (parts of words in searches).
-- Both are part of PostgreSQL and trusted: the owner of the database may create them.
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
