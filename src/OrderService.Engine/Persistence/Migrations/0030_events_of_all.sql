-- Accounts, API keys and transactions that are no order's tell what happens to them in the same log. Such a row has no order, and its facts name what it is about; whose it is to see stands with it,
-- and for an order's event with the order. No owner and no order: the operator's alone.
ALTER TABLE order_events ALTER COLUMN order_id DROP NOT NULL;
ALTER TABLE order_events ADD COLUMN owner text COLLATE "C";

-- The order's status when it happened, where whoever told it had the order at hand.
ALTER TABLE order_events ADD COLUMN order_status text;
