-- Orders, their slices, their attempts and what happened to them. Postgres is the truth; the engine keeps no state of its own.

-- The pairs whose price some order watches: price(watched) / price(base). Filled at creation, read every tick.
CREATE TABLE price_pairs (
    id      integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    watched text NOT NULL,
    base    text NOT NULL,
    UNIQUE (watched, base)
);

-- What a client asked for. Terms never change; status moves by the table in the domain.
CREATE TABLE orders (
    id              uuid PRIMARY KEY,
    uuid            text NOT NULL CHECK (length(uuid) = 36),      -- as it was signed, case included
    dialect         text NOT NULL,
    owner           text NOT NULL,
    recipient       text NOT NULL,
    sell_token      text NOT NULL,
    buy_token       text NOT NULL,
    amount_in       numeric(39,0) NOT NULL CHECK (amount_in > 0 AND amount_in < 340282366920938463463374607431768211456),
    router          text NOT NULL,
    chain_id        bigint NOT NULL,
    trigger         text NOT NULL CHECK (trigger IN ('manual', 'time', 'price')),
    condition_token text,
    base_asset      text,
    direction       text CHECK (direction IN ('lt', 'gt')),
    target_price    numeric(38,0) CHECK (target_price >= 0),      -- a count of 10^-18
    valid_from      timestamptz,
    valid_to        timestamptz,
    min_amount_out  numeric(39,0) CHECK (min_amount_out >= 0 AND min_amount_out < 340282366920938463463374607431768211456),
    slippage_bps    integer CHECK (slippage_bps BETWEEN 0 AND 10000),
    signature       text NOT NULL CHECK (length(signature) = 130),
    terms_signature text CHECK (length(terms_signature) = 130),
    client_fields   json,                                          -- verbatim; jsonb would refuse what JSON allows
    status          text NOT NULL CHECK (status IN ('open', 'paused', 'cancelling', 'cancelled', 'completed', 'failed', 'expired')),
    reason          text,
    created_at      timestamptz NOT NULL,
    ended_at        timestamptz,
    CHECK (trigger <> 'price' OR (condition_token IS NOT NULL AND direction IS NOT NULL AND target_price > 0)),
    CHECK ((status IN ('cancelled', 'completed', 'failed', 'expired')) = (ended_at IS NOT NULL))
);
CREATE INDEX orders_by_owner ON orders (owner, created_at DESC, id DESC);
CREATE INDEX orders_by_age ON orders (created_at DESC, id DESC);

-- One swap's worth of an order: a box in time × price. A waiting slice waits for exactly one thing:
-- a moment (wake_at), one bound of its pair (wait_side, wait_price), or nothing.
CREATE TABLE slices (
    order_id       uuid NOT NULL REFERENCES orders (id),
    number         integer NOT NULL CHECK (number > 0),
    amount_in      numeric(39,0) NOT NULL CHECK (amount_in > 0 AND amount_in < 340282366920938463463374607431768211456),
    trigger        text NOT NULL CHECK (trigger IN ('manual', 'time', 'price')),
    pair_id        integer REFERENCES price_pairs (id),
    price_min      numeric(38,0) CHECK (price_min >= 0),
    price_max      numeric(38,0) CHECK (price_max >= 0),
    not_before     timestamptz,
    not_after      timestamptz,
    status         text NOT NULL CHECK (status IN ('waiting', 'executing', 'broadcast', 'confirmed', 'failed', 'skipped', 'cancelled', 'expired')),
    reason         text,
    wake_at        timestamptz,
    wait_side      text CHECK (wait_side IN ('rise', 'fall')),
    wait_price     numeric(38,0),
    claim_id       uuid,
    claimed_at     timestamptz,
    lease_until    timestamptz,
    watched_price  numeric(38,0),
    base_price     numeric(38,0),
    price_sources  text,
    price_at       timestamptz,
    attempts_used  integer NOT NULL CHECK (attempts_used >= 0),
    attempts_max   integer NOT NULL CHECK (attempts_max > 0),
    unquoted       integer NOT NULL CHECK (unquoted >= 0),
    was_sent       boolean NOT NULL,
    end_as         text CHECK (end_as IN ('cancelled', 'failed', 'expired')),
    tx_id          text,
    amount_out     numeric(39,0) CHECK (amount_out >= 0 AND amount_out < 340282366920938463463374607431768211456),
    block_height   bigint,
    block_time     timestamptz,
    created_at     timestamptz NOT NULL,
    ended_at       timestamptz,
    PRIMARY KEY (order_id, number),
    CHECK ((wait_side IS NULL) = (wait_price IS NULL)),
    CHECK (wait_side IS NULL OR (wake_at IS NULL AND pair_id IS NOT NULL)),
    CHECK (status = 'waiting' OR (wake_at IS NULL AND wait_side IS NULL)),
    CHECK (status <> 'executing' OR claim_id IS NOT NULL),
    CHECK (status <> 'broadcast' OR (tx_id IS NOT NULL AND was_sent)),
    CHECK (trigger <> 'price' OR (pair_id IS NOT NULL AND (price_min IS NOT NULL OR price_max IS NOT NULL))),
    CHECK ((status IN ('confirmed', 'failed', 'skipped', 'cancelled', 'expired')) = (ended_at IS NOT NULL))
);
-- These two indexes are the book: only what waits for a bound, in the order in which a moving price crosses it, oldest first within a price.
CREATE INDEX slices_rising  ON slices (pair_id, wait_price, created_at, order_id, number) WHERE wait_side = 'rise';
CREATE INDEX slices_falling ON slices (pair_id, wait_price DESC, created_at, order_id, number) WHERE wait_side = 'fall';
CREATE INDEX slices_waking  ON slices (wake_at, created_at) WHERE wake_at IS NOT NULL;
CREATE INDEX slices_closing ON slices (not_after) WHERE status = 'waiting' AND not_after IS NOT NULL AND end_as IS NULL;
CREATE INDEX slices_queued  ON slices (claimed_at, order_id) WHERE status = 'executing' AND lease_until IS NULL;
CREATE INDEX slices_leased  ON slices (lease_until) WHERE status = 'executing' AND lease_until IS NOT NULL;
CREATE INDEX slices_by_tx   ON slices (tx_id) WHERE tx_id IS NOT NULL;

-- The accounts that pay, and the nonces that were taken and given back.
CREATE TABLE solvers (
    address    text PRIMARY KEY,
    next_nonce bigint NOT NULL CHECK (next_nonce >= 0)
);
CREATE TABLE free_nonces (
    solver text NOT NULL REFERENCES solvers (address),
    nonce  bigint NOT NULL,
    PRIMARY KEY (solver, nonce)
);

-- Every try: one transaction, stored with its bytes before they are sent.
CREATE TABLE attempts (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id          uuid NOT NULL,
    slice_number      integer NOT NULL,
    kind              text NOT NULL CHECK (kind IN ('swap', 'spend')),
    status            text NOT NULL CHECK (status IN ('prepared', 'sent', 'confirmed', 'reverted', 'rejected', 'replaced')),
    tx_id             text NOT NULL,
    raw               bytea NOT NULL,
    solver            text NOT NULL REFERENCES solvers (address),
    nonce             bigint NOT NULL CHECK (nonce >= 0),
    fee               numeric(39,0) NOT NULL CHECK (fee >= 0),
    quoted_amount_out numeric(39,0),
    min_amount_out    numeric(39,0),
    prepared_at       timestamptz NOT NULL,
    sends_count       integer NOT NULL CHECK (sends_count > 0),
    last_sent_at      timestamptz NOT NULL,
    reason            text,
    amount_out        numeric(39,0),
    block_height      bigint,
    settled_at        timestamptz,
    is_final          boolean NOT NULL,
    FOREIGN KEY (order_id, slice_number) REFERENCES slices (order_id, number)
);
-- A slice has at most one attempt that the chain has not decided.
CREATE UNIQUE INDEX attempts_live ON attempts (order_id, slice_number) WHERE status IN ('prepared', 'sent');
-- Equal bytes have equal ids: what was refused for good may be prepared again on the nonce that it gave back.
CREATE UNIQUE INDEX attempts_by_tx ON attempts (tx_id) WHERE status <> 'rejected';
CREATE UNIQUE INDEX attempts_by_nonce ON attempts (solver, nonce) WHERE status IN ('prepared', 'sent', 'confirmed', 'reverted');
CREATE INDEX attempts_unsettled ON attempts (id) WHERE NOT is_final;
CREATE INDEX attempts_by_slice ON attempts (order_id, slice_number, id);

-- What happened, appended in the transaction in which it became true.
CREATE TABLE order_events (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id     uuid NOT NULL,
    slice_number integer,
    kind         text NOT NULL,
    at           timestamptz NOT NULL,
    detail       json
);
CREATE INDEX order_events_by_order ON order_events (order_id, id);
