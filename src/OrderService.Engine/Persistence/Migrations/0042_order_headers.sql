-- How much of what the order sells was swapped when it happened, and why it stood where it did: with the status the order's header as of then. Where whoever told it did not have that at hand,
-- as of a create, it is empty.
ALTER TABLE order_events ADD COLUMN order_filled numeric(39,0) CHECK (order_filled >= 0);
ALTER TABLE order_events ADD COLUMN order_reason text;
