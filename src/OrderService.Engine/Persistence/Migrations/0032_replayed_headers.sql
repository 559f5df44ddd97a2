-- A replayed answer has the headers of the first one: X-Order-Id is what some clients read the new order's id from.
ALTER TABLE idempotency_keys ADD COLUMN order_id text;
