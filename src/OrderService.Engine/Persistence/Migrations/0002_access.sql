-- Who may ask: API keys, their use, and the signed messages that were used up.

-- A key is shown once; what is stored cannot be turned back into it.
CREATE TABLE api_keys (
    id               uuid PRIMARY KEY,
    owner            text NOT NULL,
    name             text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    key_hash         text NOT NULL UNIQUE CHECK (length(key_hash) = 64),   -- SHA-256, hex
    key_preview      text NOT NULL,
    permissions      text[] NOT NULL CHECK (cardinality(permissions) BETWEEN 1 AND 3 AND permissions <@ ARRAY['create', 'execute', 'cancel']),
    status           text NOT NULL CHECK (status IN ('active', 'suspended', 'revoked')),
    rate_per_minute  integer NOT NULL CHECK (rate_per_minute > 0),
    created_at       timestamptz NOT NULL,
    expires_at       timestamptz,
    last_used_at     timestamptz,
    revoked_at       timestamptz,
    requests         bigint NOT NULL,
    failures         bigint NOT NULL,
    creations        bigint NOT NULL,
    executions       bigint NOT NULL,
    cancellations    bigint NOT NULL
);
CREATE INDEX api_keys_by_owner ON api_keys (owner, created_at DESC);
CREATE UNIQUE INDEX api_keys_active_name ON api_keys (owner, name) WHERE status = 'active';

-- Requests of a key in its current fixed windows, counted by one upsert a request.
CREATE TABLE api_key_windows (
    key_id       uuid PRIMARY KEY REFERENCES api_keys (id),
    minute_start timestamptz NOT NULL,
    minute_count integer NOT NULL,
    hour_start   timestamptz NOT NULL,
    hour_count   integer NOT NULL,
    day_start    timestamptz NOT NULL,
    day_count    integer NOT NULL
);

-- The latest requests of a key, written behind.
CREATE TABLE api_key_usage (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key_id uuid NOT NULL REFERENCES api_keys (id),
    at     timestamptz NOT NULL,
    method text NOT NULL,
    path   text NOT NULL,
    status integer NOT NULL
);
CREATE INDEX api_key_usage_by_key ON api_key_usage (key_id, id DESC);

-- Signed messages that were acted on: each acts once per signer, recorded in the transaction of its action.
CREATE TABLE used_messages (
    signer     text NOT NULL,
    digest     bytea NOT NULL CHECK (length(digest) = 32),
    action     text NOT NULL,
    used_at    timestamptz NOT NULL,
    expires_at timestamptz,       -- after this the message is out of its own window and the row may go; null: never
    PRIMARY KEY (signer, digest)
);
CREATE INDEX used_messages_by_expiry ON used_messages (expires_at) WHERE expires_at IS NOT NULL;
