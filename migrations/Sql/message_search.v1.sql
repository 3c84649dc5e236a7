-- Message searches: each word of a query as a word or as it stands in the text, in any script (docs/decisions/0025).
--
-- Indexes keep the results of these functions, so they depend on no locale of the database and call no function outside pg_catalog (a
-- restore has no other schema in its path).

-- A text or query as searches compare it: NFKC, case folded, without invisible format characters. Accents count.
-- upper() before lower() folds the letters that have one case only, such as the sharp s and the dotless i.
CREATE OR REPLACE FUNCTION search_text(value text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT CASE
    WHEN octet_length(value) = char_length(value) THEN lower(value COLLATE "C") COLLATE "C"
    ELSE replace(
      translate(
        lower(upper(normalize(value, NFKC) COLLATE "und-x-icu")) COLLATE "C",
        U&'\03C2\00AD\034F\061C\180E\200B\200C\200D\200E\200F\202A\202B\202C\202D\202E\2060\2061\2062\2063\2064\FE0E\FE0F\FEFF',
        U&'\03C3'),
      U&'i\0307', 'i')
  END
$$;

-- The words of a search_text. Beside them, for texts without spaces or letters, with a leading U+0001: each pair of adjacent characters with
-- one beyond ASCII, two and three ASCII signs in a row, and each character that may be a word by itself (symbols, emoji, CJK).
CREATE OR REPLACE FUNCTION search_words(value text) RETURNS tsvector IMMUTABLE STRICT PARALLEL SAFE COST 1000 LANGUAGE plpgsql AS $$
DECLARE
  words tsvector := to_tsvector('pg_catalog.simple', value);
  all_characters text[];
  signs CONSTANT text := '[!-/:-@[-`{-~]';
BEGIN
  IF value COLLATE "C" ~ (signs || '{2}') THEN
    words := words || array_to_tsvector(ARRAY(
      SELECT U&'\0001' || token
      FROM regexp_matches(value COLLATE "C", signs || '{2,}', 'g') runs(run)
      CROSS JOIN LATERAL string_to_array(run[1], NULL) in_run(characters)
      CROSS JOIN LATERAL unnest(in_run.characters, in_run.characters[2:], in_run.characters[3:]) triples(a, b, c)
      CROSS JOIN LATERAL (VALUES (a || b), (a || b || c)) tokens(token)
      WHERE token IS NOT NULL));
  END IF;

  IF octet_length(value) > char_length(value) THEN
    all_characters := string_to_array(value, NULL);
    words := words || array_to_tsvector(
      ARRAY(
        SELECT U&'\0001' || a || b FROM unnest(all_characters, all_characters[2:]) pairs(a, b)
        WHERE a COLLATE "C" > '~' AND b COLLATE "C" > ' ' OR b COLLATE "C" > '~' AND a COLLATE "C" > ' ')
      || ARRAY(
        SELECT U&'\0001' || a FROM unnest(all_characters) a
        WHERE a COLLATE "C" >= U&'\2000' OR a COLLATE "C" BETWEEN U&'\00A1' AND U&'\00BF'));
  END IF;

  RETURN words;
END
$$;

-- The characters and pairs (search_words) that a text must have to contain a term; null if there are none.
CREATE OR REPLACE FUNCTION search_pairs(term text) RETURNS tsquery IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT string_agg('''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''', ' & ')::tsquery
  FROM unnest(search_words(search_text(term)))
  WHERE lexeme COLLATE "C" BETWEEN U&'\0001' AND U&'\0002' AND char_length(lexeme) > least(char_length(search_text(term)), 2)
$$;

-- The LIKE pattern of texts that contain a term. Empty if the term has no trigrams in every locale, because then LIKE would read the whole index.
CREATE OR REPLACE FUNCTION search_pattern(term text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT CASE
    WHEN octet_length(search_text(term)) = char_length(search_text(term))
      AND search_text(term) COLLATE "C" ~ '[a-z0-9]{3}|[a-z0-9]{2}[^a-z0-9]|[^a-z0-9][a-z0-9]'
      OR search_text(term) COLLATE "C" ~ '[a-z0-9]{3}'
    THEN '%' || replace(replace(replace(search_text(term), '\', '\\'), '%', '\%'), '_', '\_') || '%'
    ELSE ''
  END
$$;

CREATE INDEX IF NOT EXISTS ix_messages_search ON messages USING gin (
  application_id,
  search_words(search_text(body)),
  search_text(body) gin_trgm_ops
);
