-- The ledger of the simulated venue: a play chain that enforces what the real one enforces. It lives in a schema of its own,
-- and nothing of the service refers to it. It is not to be dropped alone: the service's own ledger of nonces goes on from
-- where this chain stood.
CREATE SCHEMA simulator;

-- The next nonce that the chain accepts of each account that pays for transactions.
CREATE TABLE simulator.nonces (
    address    text PRIMARY KEY,
    next_nonce bigint NOT NULL CHECK (next_nonce >= 0)
);

-- Who holds how much of which token, in base units. A row stays when its balance is zero, so that first funds are given once.
CREATE TABLE simulator.accounts (
    address text NOT NULL,
    token   text NOT NULL,
    balance numeric(39,0) NOT NULL CHECK (balance >= 0 AND balance < 340282366920938463463374607431768211456),
    PRIMARY KEY (address, token)
);

-- The uuids of intents that were used: each is accepted once, whatever used it. This key is the guard against a second swap.
CREATE TABLE simulator.used_uuids (
    uuid  text PRIMARY KEY,
    tx_id text NOT NULL
);

-- The reserves of the constant-product pools. Token a and token b are those of the options.
CREATE TABLE simulator.pools (
    id        text PRIMARY KEY,
    token_a   text NOT NULL,
    token_b   text NOT NULL,
    reserve_a numeric(39,0) NOT NULL CHECK (reserve_a > 0 AND reserve_a < 340282366920938463463374607431768211456),
    reserve_b numeric(39,0) NOT NULL CHECK (reserve_b > 0 AND reserve_b < 340282366920938463463374607431768211456)
);

-- Transactions that were accepted and not mined yet. A nonce has one place here.
CREATE TABLE simulator.mempool (
    solver      text NOT NULL,
    nonce       bigint NOT NULL CHECK (nonce >= 0),
    tx_id       text NOT NULL UNIQUE,
    raw         bytea NOT NULL,
    fee         numeric(39,0) NOT NULL CHECK (fee >= 0 AND fee < 340282366920938463463374607431768211456),
    received_at timestamptz NOT NULL,
    PRIMARY KEY (solver, nonce)
);

-- The blocks that hold at least one transaction.
CREATE TABLE simulator.blocks (
    height   bigint PRIMARY KEY CHECK (height > 0),
    mined_at timestamptz NOT NULL,
    size     integer NOT NULL CHECK (size > 0)
);

-- What became of each transaction. One that was replaced is in no block: its nonce was used by another.
CREATE TABLE simulator.transactions (
    tx_id        text PRIMARY KEY,
    solver       text NOT NULL,
    nonce        bigint NOT NULL CHECK (nonce >= 0),
    status       text NOT NULL CHECK (status IN ('succeeded', 'aborted', 'replaced')),
    amount_out   numeric(39,0) CHECK (amount_out >= 0 AND amount_out < 340282366920938463463374607431768211456),
    reason       text,
    uuid_used    boolean NOT NULL,
    block_height bigint REFERENCES simulator.blocks (height),
    block_time   timestamptz,
    CHECK ((status = 'replaced') = (block_height IS NULL)),
    CHECK ((block_height IS NULL) = (block_time IS NULL)),
    CHECK ((status = 'succeeded') = (amount_out IS NOT NULL)),
    CHECK ((status = 'aborted') = (reason IS NOT NULL))
);
CREATE UNIQUE INDEX transactions_by_nonce ON simulator.transactions (solver, nonce) WHERE status <> 'replaced';

-- Every swap that happened. It has no unique key over the uuid on purpose: it is the witness that tells whether the guard held.
CREATE TABLE simulator.swaps (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    uuid         text NOT NULL,
    owner        text NOT NULL,
    token_in     text NOT NULL,
    amount_in    numeric(39,0) NOT NULL CHECK (amount_in > 0 AND amount_in < 340282366920938463463374607431768211456),
    token_out    text NOT NULL,
    amount_out   numeric(39,0) NOT NULL CHECK (amount_out > 0 AND amount_out < 340282366920938463463374607431768211456),
    recipient    text NOT NULL,
    tx_id        text NOT NULL REFERENCES simulator.transactions (tx_id),
    block_height bigint NOT NULL REFERENCES simulator.blocks (height)
);
CREATE INDEX swaps_by_uuid ON simulator.swaps (uuid);

-- Prices that somebody set by hand, over the walk, until they are taken away.
CREATE TABLE simulator.pinned_prices (
    token     text PRIMARY KEY,
    usd       numeric(38,0) NOT NULL CHECK (usd > 0),     -- a count of 10^-18
    pinned_at timestamptz NOT NULL
);
