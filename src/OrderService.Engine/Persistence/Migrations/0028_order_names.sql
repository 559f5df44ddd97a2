-- What kind of order a client asked for, and what its clients call it where that is not its uuid: a hash, or a number of ten digits. Both stand on the order, so that
-- nothing has to be told from its rules, from what was echoed, or by a trigger. Numbers are taken from the sequence before an order is stored, and have gaps.

ALTER TABLE orders DROP CONSTRAINT orders_are_sound;
ALTER TABLE orders
    ADD COLUMN kind      text NOT NULL DEFAULT 'swap' CHECK (kind IN ('swap', 'limit', 'dca', 'curve')),
    ADD COLUMN public_id text COLLATE "C";

UPDATE orders o SET
    kind = CASE WHEN o.is_curve THEN 'curve' WHEN o.dialect = 'panora' OR (o.dialect = 'swapcoffee' AND o.slippage_from <> 'min') THEN 'dca' ELSE 'limit' END,
    public_id = CASE WHEN o.dialect = 'swapcoffee' THEN (SELECT lpad(n.number::text, 10, '0') FROM order_numbers n WHERE n.order_id = o.id) ELSE o.client_fields ->> 'panoraTxId' END
WHERE o.is_curve OR o.dialect IN ('panora', 'panora_limit', 'swapcoffee');

CREATE UNIQUE INDEX orders_by_public_id ON orders (dialect, public_id) WHERE public_id IS NOT NULL;
CREATE INDEX orders_by_owner_public_id ON orders (owner, dialect, public_id) WHERE public_id IS NOT NULL;

CREATE SEQUENCE order_public_numbers AS integer;
SELECT setval('order_public_numbers', coalesce((SELECT max(number) FROM order_numbers), 0) + 1, false);

DROP TRIGGER orders_number ON orders;
DROP FUNCTION number_order();
DROP TABLE order_numbers;

ALTER TABLE orders ADD CONSTRAINT orders_are_sound CHECK (order_is_sound(orders)) NOT VALID;
