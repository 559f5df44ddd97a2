-- What the market traded, minute by minute, where a venue tells it: base units of both tokens. A token that wraps another counts as the other.
CREATE TABLE volume_minutes (
    base        text NOT NULL,
    quote       text NOT NULL,
    minute      timestamptz NOT NULL,
    base_units  numeric(39,0) NOT NULL CHECK (base_units >= 0),
    quote_units numeric(39,0) NOT NULL CHECK (quote_units >= 0),
    PRIMARY KEY (base, quote, minute)
);

-- True where the condition of an order reads something that was not known at the last look: told once each time it turns so.
ALTER TABLE curves ADD COLUMN is_blind boolean NOT NULL DEFAULT false;
