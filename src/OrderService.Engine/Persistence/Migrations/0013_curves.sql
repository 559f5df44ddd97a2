-- Orders that are planned slice by slice: their plan stands on the order, and of their slices at most one is open.

ALTER TABLE orders ADD COLUMN is_curve boolean NOT NULL DEFAULT false;      -- its plan is a row of curves

-- What such an order keeps of its plan. Moments of a plan are milliseconds of active time, which is the time since activation without the pauses. Amounts are
-- base units: target, layout and size_max of the target token, clip_max of the quote token, funds and released of the sold token.
CREATE TABLE curves (
    order_id          uuid PRIMARY KEY REFERENCES orders (id),
    side              text NOT NULL CHECK (side IN ('buy', 'sell')),
    is_exact_out      boolean NOT NULL,
    target            numeric(39,0) NOT NULL CHECK (target > 0 AND target < 340282366920938463463374607431768211456),
    pace              text NOT NULL CHECK (pace IN ('curve', 'turns', 'uneven', 'once')),
    shape             text NOT NULL CHECK (shape IN ('twap', 'vwap', 'shortfall', 'targettime')),
    tilt              integer NOT NULL CHECK (tilt BETWEEN -1000000000 AND 1000000000),
    duration_ms       bigint NOT NULL CHECK (duration_ms >= 1000),
    discretion        integer NOT NULL CHECK (discretion BETWEEN 0 AND 1000000000),     -- parts per 10^9, like the other shares
    patience          integer NOT NULL CHECK (patience BETWEEN 0 AND 1000000000),
    slices_min        integer NOT NULL CHECK (slices_min BETWEEN 1 AND 1000),
    clip_max          numeric(39,0) CHECK (clip_max > 0),
    goes_on           boolean NOT NULL,
    volume_target     integer CHECK (volume_target BETWEEN 1 AND 1000000000),
    volume_max        integer CHECK (volume_max BETWEEN 1 AND 1000000000),
    start_at          timestamptz,
    condition         text,
    condition_expiry  timestamptz,
    limit_price       numeric(38,0) CHECK (limit_price > 0),                              -- a count of 10^-18, whole quote tokens for one base token
    limit_expression  text,
    is_reverse_limit  boolean NOT NULL,
    pauses_outside    boolean NOT NULL,
    custom_id         text,
    labels            text[] NOT NULL,                                                    -- names that the client gave, to find it by
    attempts_max      integer NOT NULL CHECK (attempts_max > 0),                          -- of each slice
    revision          integer NOT NULL CHECK (revision > 0),
    activated_at      timestamptz,
    paused_at         timestamptz,
    resumed_at        timestamptz,
    paused_for        bigint NOT NULL CHECK (paused_for >= 0),                            -- milliseconds of the pauses that are over
    paused_by         text CHECK (paused_by IN ('person', 'system')),
    resume_when       text,
    kept              json,
    knots             integer[] CHECK (array_length(knots, 1) = 65),
    layout_done       numeric(39,0) NOT NULL CHECK (layout_done >= 0),
    layout_count      integer NOT NULL CHECK (layout_count BETWEEN 1 AND 1000),
    size_max          numeric(39,0) CHECK (size_max > 0),
    funds             numeric(39,0) NOT NULL CHECK (funds > 0),
    released          numeric(39,0) NOT NULL CHECK (released >= 0 AND released <= funds),
    arrival_price     numeric(38,0),
    departure_price   numeric(38,0),
    vwap              numeric(38,0),
    interval_volume   numeric(39,0),
    wake_at           timestamptz,
    is_watching       boolean NOT NULL,
    CHECK (limit_price IS NULL OR limit_expression IS NULL),
    CHECK (paused_by IS NULL OR paused_at IS NOT NULL)
) WITH (fillfactor = 80);
CREATE INDEX curves_waking ON curves (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX curves_watching ON curves (order_id) WHERE is_watching;
CREATE INDEX curves_by_custom_id ON curves (custom_id) WHERE custom_id IS NOT NULL;

-- What such a slice was planned as, in the target token, and from when on it runs at any price.
ALTER TABLE slices
    ADD COLUMN planned        numeric(39,0) CHECK (planned > 0),
    ADD COLUMN any_price_from timestamptz;

-- An amend may set more aside.
ALTER TABLE account_entries
    DROP CONSTRAINT account_entries_kind_check,
    ADD CONSTRAINT account_entries_kind_check CHECK (kind IN (
        'reserved', 'topped_up', 'started', 'given_back', 'spent', 'taken_back', 'returned', 'withdrawing', 'withdrawn', 'withdrawal_taken_back', 'withdrawal_returned'));
