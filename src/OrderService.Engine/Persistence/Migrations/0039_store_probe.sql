-- One row that a node writes when it is asked whether it is ready: a store that still answers reads may take no writes any more.
CREATE TABLE store_probe (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    at      timestamptz NOT NULL
);
INSERT INTO store_probe (at) VALUES (now());
