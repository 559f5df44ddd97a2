-- Selling what a managed account holds needs a permission of its own, which the keys have that could sell until now; and every key has limits.
ALTER TABLE api_keys
    DROP CONSTRAINT api_keys_permissions_check,
    ADD CONSTRAINT api_keys_permissions_check CHECK (cardinality(permissions) BETWEEN 1 AND 5 AND permissions <@ ARRAY['create', 'execute', 'cancel', 'accounts', 'trade']),
    ADD COLUMN max_slippage_bps integer NOT NULL DEFAULT 1000 CHECK (max_slippage_bps BETWEEN 0 AND 10000),
    ADD COLUMN max_usd_per_day numeric(38,0) CHECK (max_usd_per_day > 0),           -- a count of 10^-18 dollars; null: no limit
    ADD COLUMN tokens text[] CHECK (cardinality(tokens) BETWEEN 1 AND 100),         -- null: any
    ADD COLUMN ips text[] CHECK (cardinality(ips) BETWEEN 1 AND 100);               -- networks in CIDR; null: any

UPDATE api_keys SET permissions = permissions || 'trade'::text WHERE permissions @> ARRAY['create', 'accounts'];

-- What each key has sold of accounts' funds on a day (UTC), in dollars at the prices believed when the orders were made: a count of 10^-18.
CREATE TABLE api_key_sales (
    key_id uuid NOT NULL REFERENCES api_keys (id),
    day    date NOT NULL,
    usd    numeric(38,0) NOT NULL CHECK (usd >= 0),
    PRIMARY KEY (key_id, day)
);

-- Whose doing an event was: a wallet (its address), an API key (key: and its id), the operator, or the service itself. Of those that are there nobody wrote it down.
ALTER TABLE order_events ADD COLUMN actor text NOT NULL DEFAULT 'unknown';
ALTER TABLE account_entries ADD COLUMN actor text NOT NULL DEFAULT 'unknown';
ALTER TABLE order_events ALTER COLUMN actor SET DEFAULT 'system';
ALTER TABLE account_entries ALTER COLUMN actor SET DEFAULT 'system';
