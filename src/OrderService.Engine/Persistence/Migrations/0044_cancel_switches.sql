-- Dead man's switches: at the moment the owner's open orders that are meant are cancelled, unless it was put off before. One for each owner and set of orders, which scope names: '' for all of them.
-- The row goes when all of it is done, so what was begun by a node that is gone is gone on with by another.
CREATE TABLE cancel_switches (
    owner       text COLLATE "C" NOT NULL,
    scope       text COLLATE "C" NOT NULL CHECK (length(scope) <= 1000),
    fires_at    timestamptz NOT NULL,
    token       text,
    pair_base   text,
    pair_quote  text,
    strategy_id text CHECK (length(strategy_id) BETWEEN 1 AND 200),
    side        text CHECK (side IN ('buy', 'sell')),
    armed_at    timestamptz NOT NULL,
    armed_by    text NOT NULL,             -- the actor who armed it, or put it off last
    cancelled   integer NOT NULL DEFAULT 0 CHECK (cancelled >= 0), -- orders that ended by it so far, once it has begun
    PRIMARY KEY (owner, scope),
    CHECK ((pair_base IS NULL) = (pair_quote IS NULL)),
    CHECK (side IS NULL OR token IS NOT NULL OR pair_base IS NOT NULL),
    CHECK (fires_at > armed_at)
);
CREATE INDEX cancel_switches_due ON cancel_switches (fires_at);
