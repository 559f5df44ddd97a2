-- Managed accounts: addresses whose keys the service holds for an owner, what is set aside of their funds, and what was paid back to the owner.

-- Which master key encrypts the keys below. The key itself is never here; the check value tells a wrong one at the start.
CREATE TABLE master_key (
    is_only     boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    key_id      text NOT NULL CHECK (length(key_id) = 16),
    check_value bytea NOT NULL CHECK (length(check_value) = 32),
    set_at      timestamptz NOT NULL
);

-- An address that holds what its owner's managed orders sell. Its row is the lock under which funds are set aside.
CREATE TABLE accounts (
    id         uuid PRIMARY KEY,
    owner      text NOT NULL,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    address    text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    UNIQUE (owner, name)
);

-- The accounts' private keys, each encrypted with AES-256-GCM under the master key with this id: 32 bytes and a tag of 16. Associated data: account, owner, network.
CREATE TABLE account_keys (
    account_id uuid PRIMARY KEY REFERENCES accounts (id),
    key_id     text NOT NULL CHECK (length(key_id) = 16),
    nonce      bytea NOT NULL CHECK (length(nonce) = 12),
    ciphertext bytea NOT NULL CHECK (length(ciphertext) = 48)
);

-- The ledger of one order and its sell token. initial = spent + reserved + returned, always; what is in flight is part of what is reserved.
CREATE TABLE reservations (
    order_id   uuid PRIMARY KEY REFERENCES orders (id),
    account_id uuid NOT NULL REFERENCES accounts (id),
    token      text NOT NULL,
    initial    numeric(39,0) NOT NULL CHECK (initial > 0 AND initial < 340282366920938463463374607431768211456),
    spent      numeric(39,0) NOT NULL CHECK (spent >= 0),
    reserved   numeric(39,0) NOT NULL CHECK (reserved >= 0),
    in_flight  numeric(39,0) NOT NULL CHECK (in_flight >= 0),
    returned   numeric(39,0) NOT NULL CHECK (returned >= 0),
    CHECK (initial = spent + reserved + returned),
    CHECK (in_flight <= reserved)
) WITH (fillfactor = 80);
CREATE INDEX reservations_open ON reservations (account_id, token) WHERE reserved > 0;

-- Transfers of an account's funds to its owner's wallet. Each has one intent uuid for its whole life: the chain lets it happen once.
CREATE TABLE withdrawals (
    id           uuid PRIMARY KEY,
    account_id   uuid NOT NULL REFERENCES accounts (id),
    token        text NOT NULL,
    amount       numeric(39,0) NOT NULL CHECK (amount > 0 AND amount < 340282366920938463463374607431768211456),
    recipient    text NOT NULL,
    intent_uuid  text NOT NULL UNIQUE CHECK (length(intent_uuid) = 36),
    status       text NOT NULL CHECK (status IN ('waiting', 'sent', 'confirmed', 'failed')),
    reason       text,
    tries        integer NOT NULL CHECK (tries >= 0),
    wake_at      timestamptz,
    tx_id        text,
    block_height bigint,
    created_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    is_final     boolean NOT NULL,
    CHECK ((status = 'waiting') = (wake_at IS NOT NULL)),
    CHECK ((status IN ('confirmed', 'failed')) = (ended_at IS NOT NULL)),
    CHECK (status IN ('waiting', 'failed') OR tx_id IS NOT NULL),
    CHECK (NOT is_final OR status IN ('confirmed', 'failed'))
);
CREATE INDEX withdrawals_by_account ON withdrawals (account_id, created_at DESC, id DESC);
CREATE INDEX withdrawals_waiting ON withdrawals (wake_at) WHERE status = 'waiting';
CREATE INDEX withdrawals_unsettled ON withdrawals (id) WHERE NOT is_final AND status <> 'waiting';
CREATE INDEX withdrawals_open ON withdrawals (account_id, token) WHERE status IN ('waiting', 'sent');

-- Every transaction of a withdrawal, stored with its bytes before they are sent. Those of one nonce differ in their fee; at most one of them is mined.
CREATE TABLE withdrawal_transactions (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    withdrawal_id uuid NOT NULL REFERENCES withdrawals (id),
    tx_id         text NOT NULL,
    raw           bytea NOT NULL,
    solver        text NOT NULL REFERENCES solvers (address),
    nonce         bigint NOT NULL CHECK (nonce >= 0),
    fee           numeric(39,0) NOT NULL CHECK (fee >= 0),
    is_live       boolean NOT NULL,
    is_rejected   boolean NOT NULL CHECK (NOT (is_live AND is_rejected)),
    sends_count   integer NOT NULL CHECK (sends_count > 0),
    prepared_at   timestamptz NOT NULL,
    last_sent_at  timestamptz NOT NULL
);
CREATE INDEX withdrawal_transactions_by_withdrawal ON withdrawal_transactions (withdrawal_id, id);
-- Equal bytes have equal ids: what was refused for good may be prepared again on the nonce that it gave back.
CREATE UNIQUE INDEX withdrawal_transactions_by_tx ON withdrawal_transactions (tx_id) WHERE NOT is_rejected;
CREATE INDEX withdrawal_transactions_by_nonce ON withdrawal_transactions (solver, nonce) WHERE NOT is_rejected;

-- What happened to an account's funds, appended in the transaction in which it became true.
CREATE TABLE account_entries (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id    uuid NOT NULL REFERENCES accounts (id),
    token         text NOT NULL,
    order_id      uuid,
    slice_number  integer,
    withdrawal_id uuid,
    kind          text NOT NULL CHECK (kind IN ('reserved', 'started', 'given_back', 'spent', 'taken_back', 'returned', 'withdrawing', 'withdrawn', 'withdrawal_taken_back', 'withdrawal_returned')),
    amount        numeric(39,0) NOT NULL CHECK (amount > 0),
    at            timestamptz NOT NULL,
    CHECK ((order_id IS NULL) <> (withdrawal_id IS NULL))
);
CREATE INDEX account_entries_by_account ON account_entries (account_id, id);
-- The latest of these tells whether a balance was read before funds left the account: ids are given in the order of the inserts.
CREATE INDEX account_entries_spends ON account_entries (account_id, token, id) WHERE kind IN ('spent', 'withdrawn');

-- The answers of creating calls, by the caller's own key: the same call again gets the same answer and creates nothing.
CREATE TABLE idempotency_keys (
    scope        text NOT NULL,              -- who asked, and which route
    key          text NOT NULL,
    id           uuid NOT NULL,              -- of what the call creates: a second try after a crash finds it
    fingerprint  bytea NOT NULL CHECK (length(fingerprint) = 32),
    leased_until timestamptz,                -- while the call runs
    content_type text,
    answer       bytea,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (scope, key),
    CHECK ((leased_until IS NULL) = (answer IS NOT NULL))
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- A key may be allowed to see and to use the accounts of its wallet.
ALTER TABLE api_keys
    DROP CONSTRAINT api_keys_permissions_check,
    ADD CONSTRAINT api_keys_permissions_check CHECK (cardinality(permissions) BETWEEN 1 AND 4 AND permissions <@ ARRAY['create', 'execute', 'cancel', 'accounts']);
