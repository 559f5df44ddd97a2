-- What a venue with fees, mempools and foreign blocks needs beyond the simulated one.

-- A client may take a swap whose min amount out no chain rule enforces.
ALTER TABLE orders ADD COLUMN accepts_unprotected boolean NOT NULL DEFAULT false;
-- Counting what an owner has open must not walk through what he had.
CREATE INDEX orders_open_by_owner ON orders (owner) WHERE status IN ('open', 'paused', 'cancelling');

-- How often in a row a quote was below the min amount out: the pause grows with it.
ALTER TABLE slices ADD COLUMN below_min integer NOT NULL DEFAULT 0 CHECK (below_min >= 0);

-- How often the fee of an attempt was raised. What was outbid may still be mined instead, so it is kept and followed.
ALTER TABLE attempts ADD COLUMN raises integer NOT NULL DEFAULT 0 CHECK (raises >= 0);
CREATE TABLE attempt_versions (
    tx_id      text PRIMARY KEY,
    attempt_id bigint NOT NULL REFERENCES attempts (id),
    raw        bytea NOT NULL,
    fee        numeric(39,0) NOT NULL CHECK (fee >= 0)
);
CREATE INDEX attempt_versions_by_attempt ON attempt_versions (attempt_id);
-- How many transactions of an account wait to be mined.
CREATE INDEX attempts_in_flight ON attempts (solver, nonce) WHERE status IN ('prepared', 'sent');

-- Since when a nonce is free: one that nobody takes holds up those behind it, and is filled.
ALTER TABLE free_nonces ADD COLUMN freed_at timestamptz NOT NULL DEFAULT now();
-- Transactions that only use a nonce. The one with the highest fee is sent until the chain has passed it; equal bytes are harmless, and which
-- of several is mined makes no difference, but each is written down.
CREATE TABLE nonce_fills (
    tx_id        text PRIMARY KEY,
    solver       text NOT NULL REFERENCES solvers (address),
    nonce        bigint NOT NULL CHECK (nonce >= 0),
    raw          bytea NOT NULL,
    fee          numeric(39,0) NOT NULL CHECK (fee >= 0),
    made_at      timestamptz NOT NULL,
    last_sent_at timestamptz NOT NULL
);
CREATE INDEX nonce_fills_by_nonce ON nonce_fills (solver, nonce, fee DESC);
