-- How many events each follower of the log has yet to read, and since when the oldest of them waits.
CREATE OR REPLACE VIEW follower_lag AS
SELECT p.name, count(e.id) AS waiting, min(e.recorded_time) AS waiting_since
FROM follower_positions p
LEFT JOIN events e ON (e.xid, e.id) > (p.xid, p.event_id)
GROUP BY p.name;
