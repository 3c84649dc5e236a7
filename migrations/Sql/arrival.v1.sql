-- The order of arrival: what a reader could not see yet (docs/decisions/0023).
--
-- A transaction id tells with a snapshot whether a change was visible. Another cluster counts from the start again, so a database that is
-- restored there adds an offset: then all stored arrivals stay lower than new ones.
CREATE TABLE IF NOT EXISTS arrival_offset (
  value bigint NOT NULL,
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row)
);

-- The arrival of what the current transaction stores. In PL/pgSQL, whose plans a session keeps: this runs for each stored message.
CREATE OR REPLACE FUNCTION arrival() RETURNS xid8 STABLE LANGUAGE plpgsql AS $$
DECLARE
  shift bigint := (SELECT value FROM arrival_offset);
BEGIN
  RETURN CASE WHEN shift IS NULL THEN pg_current_xact_id() ELSE (pg_current_xact_id()::text::bigint + shift)::text::xid8 END;
END
$$;

-- The snapshot of the statement that calls it (the function must be stable), comparable with arrivals, as the text of a pg_snapshot.
CREATE OR REPLACE FUNCTION arrival_snapshot() RETURNS text STABLE LANGUAGE plpgsql AS $$
DECLARE
  shift bigint := (SELECT value FROM arrival_offset);
  seen pg_snapshot := pg_current_snapshot();
BEGIN
  IF shift IS NULL THEN
    RETURN seen::text;
  END IF;

  RETURN concat(
    pg_snapshot_xmin(seen)::text::bigint + shift, ':',
    pg_snapshot_xmax(seen)::text::bigint + shift, ':',
    (SELECT string_agg((x::text::bigint + shift)::text, ',' ORDER BY x) FROM pg_snapshot_xip(seen) x));
END
$$;

-- Whether a snapshot does not show a change. The planner inlines it, so an index on the arrival serves the first condition.
CREATE OR REPLACE FUNCTION arrived_after(arrival xid8, snapshot text) RETURNS boolean IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT arrival >= pg_snapshot_xmin(snapshot::pg_snapshot) AND NOT pg_visible_in_snapshot(arrival, snapshot::pg_snapshot)
$$;
