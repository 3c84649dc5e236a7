-- The order of arrival: what a reader could not see yet (docs/decisions/0023).
--
-- A transaction id tells with a snapshot whether a change was visible. Another cluster counts from the start again, so a database that is
-- restored there adds an offset: then all stored arrivals stay lower than new ones.
CREATE TABLE IF NOT EXISTS arrival_offset (
  value bigint NOT NULL,
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row)
);

-- The arrival of what the current transaction stores.
CREATE OR REPLACE FUNCTION arrival() RETURNS xid8 STABLE LANGUAGE sql AS $$
  SELECT CASE
    WHEN o.value IS NULL THEN pg_current_xact_id()
    ELSE ((pg_current_xact_id()::text::bigint + o.value)::text)::xid8
  END
  FROM (SELECT (SELECT value FROM arrival_offset) AS value) o
$$;

-- The snapshot of the current statement, comparable with arrivals, as the text of a pg_snapshot.
CREATE OR REPLACE FUNCTION arrival_snapshot() RETURNS text STABLE LANGUAGE sql AS $$
  SELECT CASE
    WHEN o.value IS NULL THEN pg_current_snapshot()::text
    ELSE (
      SELECT concat(
        pg_snapshot_xmin(s)::text::bigint + o.value, ':',
        pg_snapshot_xmax(s)::text::bigint + o.value, ':',
        (SELECT string_agg((x::text::bigint + o.value)::text, ',' ORDER BY x) FROM pg_snapshot_xip(s) x))
      FROM pg_current_snapshot() s)
  END
  FROM (SELECT (SELECT value FROM arrival_offset) AS value) o
$$;

-- Whether a snapshot does not show a change. The planner inlines it, so an index on the arrival serves the first condition.
CREATE OR REPLACE FUNCTION arrived_after(arrival xid8, snapshot text) RETURNS boolean IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT arrival >= pg_snapshot_xmin(snapshot::pg_snapshot) AND NOT pg_visible_in_snapshot(arrival, snapshot::pg_snapshot)
$$;
