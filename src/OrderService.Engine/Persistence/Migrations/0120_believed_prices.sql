-- expands
-- One node asks the price sources for all, under the lease 'prices', and decides what is believed. These rows are what the others believe
-- by, and what whoever asks next goes on from. Only the holder of the lease writes them.

-- A node that only serves gives such work up to one that executes orders, as soon as that one asks for it.
ALTER TABLE work_leases ADD COLUMN yields boolean NOT NULL DEFAULT false;

-- How the prices are as a whole. A row with a greater revision than a node has seen is news to it. Not in the log, as the lease is not:
-- after a crash of the server they are asked for anew, and writing them waits for no disk and no standby.
CREATE UNLOGGED TABLE price_board (
    is_only    boolean     PRIMARY KEY DEFAULT true CHECK (is_only),
    revision   bigint      NOT NULL,
    node       uuid        NOT NULL, -- that asks
    polled_at  timestamptz NOT NULL,
    has_loaded boolean     NOT NULL,
    doubted    text[]      NOT NULL, -- tokens whose sources spoke and are not believed: no order rests on the price they had
    health     text        NOT NULL, -- the sources, and what is not believed and why, in JSON
    told       bigint      NOT NULL  -- the revision in which that was last written
);

-- The price that is believed of each token, as old as the oldest word that it rests on.
CREATE UNLOGGED TABLE believed_prices (
    token    text          PRIMARY KEY,
    usd      numeric(38,0) NOT NULL CHECK (usd > 0),
    at       timestamptz   NOT NULL,
    until    timestamptz   NOT NULL, -- no order rests on it after that
    sources  text          NOT NULL,
    is_alone boolean       NOT NULL, -- one source and a second opinion
    revision bigint        NOT NULL
);
CREATE INDEX believed_prices_by_revision ON believed_prices (revision);

-- Jumps that sources stand by and that have not lasted yet. In the log: a crash is no way to make one wait longer, or not at all.
CREATE TABLE held_jumps (
    token    text          NOT NULL,
    source   text          NOT NULL,
    usd_from numeric(38,0) NOT NULL CHECK (usd_from > 0), -- believed when it began
    usd_to   numeric(38,0) NOT NULL CHECK (usd_to > 0),   -- the source's last word
    since    timestamptz   NOT NULL,
    last_at  timestamptz   NOT NULL, -- of the source's last word
    reason   text          NOT NULL CHECK (reason IN ('unconfirmed', 'contradicted', 'passed')),
    PRIMARY KEY (token, source)
);
