-- The last vault list of each address that was read, so that a service that starts while the list is away still knows its tokens and vaults.
CREATE TABLE vault_lists (
    address_hash bytea       PRIMARY KEY, -- SHA-256 of the address, which may hold a key
    body         bytea       NOT NULL,    -- as it was answered
    read_at      timestamptz NOT NULL
);
