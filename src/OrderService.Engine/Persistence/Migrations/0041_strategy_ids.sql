-- The strategy that a client says an order belongs to stands among the fields that are kept as they came; lists ask for it, so it stands on the order too. Of orders that were stored before, what
-- is spelt with escapes is left out: not all of it is text.
ALTER TABLE orders DROP CONSTRAINT orders_are_sound;
ALTER TABLE orders ADD COLUMN strategy_id text CHECK (length(strategy_id) BETWEEN 1 AND 200);
UPDATE orders SET strategy_id = client_fields ->> 'strategyId'
WHERE client_fields::text LIKE '%"strategyId"%' AND client_fields::text NOT LIKE '%\\u%' AND json_typeof(client_fields -> 'strategyId') = 'string'
    AND length(client_fields ->> 'strategyId') BETWEEN 1 AND 200;
CREATE INDEX orders_by_strategy ON orders (strategy_id, owner) WHERE strategy_id IS NOT NULL;
ALTER TABLE orders ADD CONSTRAINT orders_are_sound CHECK (order_is_sound(orders)) NOT VALID;
