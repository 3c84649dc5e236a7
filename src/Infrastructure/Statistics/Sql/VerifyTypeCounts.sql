-- Blocks of channel types that differ from a recount. What the tail holds is not expected in them yet.
--
-- @application, @folded_xid   see Tail.sql
-- @first, @end, @spans         see RecountTypes.sql
--
-- Rows: figure, span, start, channel_id, user_id, stored, counted.
WITH
{{Tail}},
{{RecountTypes}}
SELECT 'messages of channel type ' || type, span, start, NULL::bigint, NULL::bigint,
  coalesce(s.broadcast, 0)::bigint, coalesce(c.n, 0)::bigint
FROM (SELECT * FROM type_counts WHERE application_id = @application) s
FULL JOIN counted c USING (span, start, type)
WHERE coalesce(s.broadcast, 0) <> coalesce(c.n, 0)
  AND (span = 1 OR start + span <= (SELECT watermark FROM rollup_state))
