-- What has ended for good leaves the tables that the engine works on, for monthly partitions of these. They have no foreign keys, since
-- nothing of them changes any more, and a month goes as a whole.

-- Every order that has left or is about to, for ever: its uuid is never stored again, whatever became of its month. The month is null
-- until it has left; until then it is looked at from try_at on.
CREATE TABLE order_ids (
    id        uuid        PRIMARY KEY,
    uuid      text        NOT NULL,
    dialect   text        NOT NULL,
    owner     text        NOT NULL,
    public_id text,
    group_id  uuid,
    leg       int,
    is_signed boolean     NOT NULL, -- by its wallet: who knows the uuid may know of it
    status    text        NOT NULL CHECK (status IN ('cancelled', 'completed', 'failed', 'expired')),
    reason    text,
    ended_at  timestamptz NOT NULL,
    month     date,
    try_at    timestamptz,
    CONSTRAINT order_ids_place CHECK ((month IS NULL) = (try_at IS NOT NULL))
);
CREATE INDEX order_ids_to_move ON order_ids (try_at) WHERE try_at IS NOT NULL;
CREATE INDEX order_ids_by_public_id ON order_ids (dialect, public_id) WHERE public_id IS NOT NULL;

-- Up to where the log was read for orders that have ended.
CREATE TABLE ended_progress (
    is_only  boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    position bigint  NOT NULL CHECK (position >= 0)
);

-- The months that have partitions, or had.
CREATE TABLE ended_months (
    month       date        PRIMARY KEY CHECK (extract(day FROM month) = 1),
    exported_at timestamptz,
    orders      bigint      CHECK (orders >= 0), -- that were exported
    dropped_at  timestamptz
);

-- A column that is added to one of the tables on the left is added to the one on the right, and both views are made anew.
CREATE TABLE ended_orders       (LIKE orders,                month date NOT NULL, PRIMARY KEY (id, month))               PARTITION BY LIST (month);
CREATE TABLE ended_slices       (LIKE slices,                month date NOT NULL, PRIMARY KEY (order_id, number, month)) PARTITION BY LIST (month);
CREATE TABLE ended_curves       (LIKE curves,                month date NOT NULL, PRIMARY KEY (order_id, month))         PARTITION BY LIST (month);
CREATE TABLE ended_transactions (LIKE outgoing_transactions, month date NOT NULL, PRIMARY KEY (id, month))               PARTITION BY LIST (month);
CREATE TABLE ended_versions     (LIKE outgoing_versions,     month date NOT NULL, PRIMARY KEY (tx_id, month))            PARTITION BY LIST (month);

CREATE INDEX ended_orders_by_age ON ended_orders (created_at DESC, id DESC);
CREATE INDEX ended_orders_by_owner ON ended_orders (owner, created_at DESC, id DESC);
CREATE INDEX ended_orders_by_public_id ON ended_orders (dialect, public_id) WHERE public_id IS NOT NULL;
CREATE INDEX ended_orders_by_owner_public_id ON ended_orders (owner, dialect, public_id) WHERE public_id IS NOT NULL;
CREATE INDEX ended_orders_by_strategy ON ended_orders (strategy_id, owner) WHERE strategy_id IS NOT NULL;
CREATE INDEX ended_orders_by_group ON ended_orders (group_id, leg) WHERE group_id IS NOT NULL;
CREATE INDEX ended_curves_by_custom_id ON ended_curves (custom_id) WHERE custom_id IS NOT NULL;
CREATE INDEX ended_transactions_by_slice ON ended_transactions (order_id, slice_number, id);
CREATE INDEX ended_transactions_by_tx ON ended_transactions (tx_id);
CREATE INDEX ended_versions_by_transaction ON ended_versions (transaction_id);

-- Reservations stay where their account's balance is counted.
ALTER TABLE reservations DROP CONSTRAINT reservations_order_id_fkey;

-- What is and what has ended, for lists.
DO $$
DECLARE pair text[]; names text;
BEGIN
    FOREACH pair SLICE 1 IN ARRAY ARRAY[['orders', 'ended_orders', 'all_orders'], ['slices', 'ended_slices', 'all_slices'],
        ['curves', 'ended_curves', 'all_curves'], ['attempts', 'ended_transactions', 'all_attempts'],
        ['outgoing_versions', 'ended_versions', 'all_versions']] LOOP
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO names
        FROM pg_attribute WHERE attrelid = pair[1]::regclass AND attnum > 0 AND NOT attisdropped;
        EXECUTE format('CREATE VIEW %I AS SELECT %s FROM %I UNION ALL SELECT %s FROM %I', pair[3], names, pair[1], names, pair[2]);
    END LOOP;
END $$;
