-- Orders of many parts, and orders whose slices a managed account signs.

-- Who signs: the owner's wallet once, when the order was made, or a managed account for each slice when it is executed.
ALTER TABLE orders
    ALTER COLUMN signature DROP NOT NULL,
    ADD COLUMN funding text NOT NULL DEFAULT 'signed' CHECK (funding IN ('signed', 'managed')),
    ADD COLUMN account text,                                       -- the managed account that holds the funds
    ADD CONSTRAINT orders_funding CHECK ((funding = 'signed') = (signature IS NOT NULL) AND (funding = 'managed') = (account IS NOT NULL));

-- The rules of a schedule. What its parts are is in their slices.
ALTER TABLE orders
    ADD COLUMN interval_count integer CHECK (interval_count > 0),
    ADD COLUMN interval_unit  text CHECK (interval_unit IN ('second', 'minute', 'hour', 'day', 'week', 'month')),
    ADD COLUMN keeps_distance boolean NOT NULL DEFAULT false,
    ADD COLUMN attempts_max   integer CHECK (attempts_max > 0),    -- of all slices together
    ADD COLUMN on_part_failed text NOT NULL DEFAULT 'continue' CHECK (on_part_failed IN ('continue', 'end')),
    ADD COLUMN slippage_from  text NOT NULL DEFAULT 'quote' CHECK (slippage_from IN ('quote', 'min')),
    ADD CONSTRAINT orders_interval CHECK ((interval_count IS NULL) = (interval_unit IS NULL));

-- What a slice's quote must pay, in counts of 10^-18 whole buy tokens for one whole sell token, and the uuid of its intent for its whole life:
-- its own where a managed account signs, null where it is the order's.
ALTER TABLE slices
    ADD COLUMN intent_uuid text CHECK (length(intent_uuid) = 36),
    ADD COLUMN rate_min    numeric(38,0) CHECK (rate_min >= 0),
    ADD COLUMN rate_max    numeric(38,0) CHECK (rate_max >= 0),
    ADD CONSTRAINT slices_rate CHECK (rate_min <= rate_max);
-- The chain takes each uuid once.
CREATE UNIQUE INDEX slices_by_intent ON slices (intent_uuid) WHERE intent_uuid IS NOT NULL;
