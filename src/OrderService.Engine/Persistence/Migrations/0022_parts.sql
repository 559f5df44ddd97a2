-- Of a scheduled order, too, one slice is open at most: the next part is drawn when the one before it has ended. How many parts there are, and from which moment theirs are counted,
-- stands on the order; what has no slice is reserved on the order.

ALTER TABLE orders
    ADD COLUMN parts            integer CHECK (parts > 0),
    ADD COLUMN anchor           timestamptz,
    ADD COLUMN anchor_part      integer NOT NULL DEFAULT 0,               -- the part that has this moment, 0 for the first
    ADD COLUMN is_rest_released boolean NOT NULL DEFAULT false;           -- the parts without a slice were given back

-- Orders that are scheduled keep their number of parts, and the moment of the first.
UPDATE orders o SET parts = s.count, anchor = s.first
FROM (SELECT order_id, count(*)::integer AS count, min(not_before) FILTER (WHERE number = 1) AS first FROM slices GROUP BY order_id) s
WHERE s.order_id = o.id AND NOT o.is_curve AND (o.funding = 'managed' OR o.interval_count IS NOT NULL OR s.count > 1);

-- Of those that run, the parts behind the first that has not ended lose their rows: none of them was ever armed. Where their moments were counted anew, the first of them is the anchor.
CREATE TEMPORARY TABLE undrawn ON COMMIT DROP AS
SELECT s.order_id, s.number, s.not_before
FROM slices s JOIN orders o ON o.id = s.order_id AND o.ended_at IS NULL AND o.parts > 1
WHERE s.status = 'waiting' AND NOT s.was_sent AND s.end_as IS NULL AND s.wake_at IS NULL AND s.wait_side IS NULL
    AND s.number > (SELECT min(f.number) FROM slices f WHERE f.order_id = s.order_id AND f.ended_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM slices l WHERE l.order_id = s.order_id AND l.number > s.number AND (l.ended_at IS NOT NULL OR l.was_sent OR l.status <> 'waiting'));

UPDATE orders o SET anchor = u.not_before, anchor_part = u.number - 1
FROM (SELECT DISTINCT ON (order_id) * FROM undrawn ORDER BY order_id, number) u
WHERE u.order_id = o.id AND o.interval_count IS NOT NULL AND u.not_before IS DISTINCT FROM
    ((o.anchor AT TIME ZONE 'UTC') + (u.number - 1) * o.interval_count * ('1 ' || o.interval_unit)::interval) AT TIME ZONE 'UTC';

DELETE FROM slices s USING undrawn u WHERE u.order_id = s.order_id AND u.number = s.number;
