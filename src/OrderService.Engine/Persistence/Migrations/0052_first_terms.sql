-- What the terms of an order that was changed were when it was made: a JSON object of those that changes reach. The body that made the order answers it for ever, and is compared with these.
-- NULL where nothing was changed; orders in parts that were changed before this was kept are not asked for what may have been.

ALTER TABLE orders ADD COLUMN first_terms json;
