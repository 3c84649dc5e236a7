-- For each follower of the event log: the number of events that wait for it, and the time of the oldest one.
CREATE OR REPLACE VIEW follower_lag AS
SELECT p.name, count(e.id) AS waiting, min(e.recorded_time) AS waiting_since
FROM follower_positions p
LEFT JOIN events e ON (e.xid, e.id) > (p.xid, p.event_id)
GROUP BY p.name;
