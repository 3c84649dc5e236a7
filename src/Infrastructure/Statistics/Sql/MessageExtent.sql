-- Which slots hold messages at the most: first and last slot, null when none does. Of all applications, and since the first session,
-- which is wide enough.
--
-- @application, @folded_xid   see Tail.sql
--
-- One row: first slot, last slot.
WITH
{{Tail}}
SELECT least(nullif(s.first_slot, 2147483647), t.first_slot), greatest(nullif(s.last_slot, -100000000), t.last_slot)
FROM rollup_state s, (SELECT min(slot) AS first_slot, max(slot) AS last_slot FROM tail) t
