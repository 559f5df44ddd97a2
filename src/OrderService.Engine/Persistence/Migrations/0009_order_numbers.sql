-- Numbers of orders, for the dialects whose clients name an order by a 32-bit number: swap.coffee's.

-- Newest last, never used again; numbers have gaps. The owner is the order's, so that a page of one owner is one walk along an index.
CREATE TABLE order_numbers (
    number   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id uuid NOT NULL UNIQUE REFERENCES orders (id),
    owner    text NOT NULL
);
CREATE INDEX order_numbers_by_owner ON order_numbers (owner, number DESC);

-- An order gets its number in the statement that stores it, whoever stores it, so none is ever without.
CREATE FUNCTION number_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO order_numbers (order_id, owner) VALUES (NEW.id, NEW.owner);
    RETURN NULL;
END $$;
CREATE TRIGGER orders_number AFTER INSERT ON orders FOR EACH ROW WHEN (NEW.dialect = 'swapcoffee') EXECUTE FUNCTION number_order();
