-- Where wallets want to be told what happens: an address, which kinds (all of them where there is none), and the secret that messages are signed with, sealed under the master key. After a
-- rotation the secret before signs beside it for a while. The position is up to where its owner's events are queued for it. An endpoint that does not answer rests, and is disabled when that
-- lasts; whoever sends to one holds its lease.
CREATE TABLE webhook_endpoints (
    id              uuid PRIMARY KEY,
    owner           text COLLATE "C" NOT NULL,
    url             text NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
    kinds           text[] CHECK (cardinality(kinds) > 0),
    secret          bytea NOT NULL,
    secret_before   bytea,
    before_until    timestamptz,
    status          text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled')),
    disabled_reason text,
    created_at      timestamptz NOT NULL,
    position        bigint NOT NULL CHECK (position >= 0),
    failures        integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    failing_since   timestamptz,
    rests_until     timestamptz,
    tried_at        timestamptz,
    lease_id        uuid,
    lease_until     timestamptz,
    CONSTRAINT webhook_endpoint_secret_before CHECK ((secret_before IS NULL) = (before_until IS NULL)),
    CONSTRAINT webhook_endpoint_disabled_for CHECK ((status = 'disabled') = (disabled_reason IS NOT NULL))
);
CREATE INDEX webhook_endpoints_by_owner ON webhook_endpoints (owner, created_at);

-- An event on its way to an endpoint, or what became of it: how often it was tried, what was answered (the first KiB), and when it is tried again.
CREATE TABLE webhook_deliveries (
    endpoint_id   uuid NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
    position      bigint NOT NULL CHECK (position > 0),
    order_id      uuid,
    kind          text NOT NULL,
    status        text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'failed')),
    attempts      integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_at       timestamptz,
    created_at    timestamptz NOT NULL,
    tried_at      timestamptz,
    took_ms       integer CHECK (took_ms >= 0),
    answer_status integer,
    answer        text CHECK (length(answer) <= 1024),
    error         text,
    CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (endpoint_id, position),
    CONSTRAINT webhook_delivery_next CHECK ((status = 'pending') = (next_at IS NOT NULL))
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_at) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_by_order ON webhook_deliveries (endpoint_id, order_id, position) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (tried_at) WHERE status <> 'pending';
