-- Legs of a group that an account pays for. What the legs that come later sell is set aside when the first is swapped, beside what that one had, by the same id: a reservation is of one id and one token.
ALTER TABLE reservations DROP CONSTRAINT reservations_pkey, ADD PRIMARY KEY (order_id, token);

ALTER TABLE group_slots
    ADD COLUMN sells_all boolean NOT NULL DEFAULT false,                                    -- the legs that come later sell all that the first one bought
    ADD COLUMN funded    numeric(39,0) CHECK (funded > 0 AND funded < 340282366920938463463374607431768211456), -- what is set aside for them
    ADD COLUMN fund_at   timestamptz,                                                       -- when that is to be done: the first is swapped, and it is not yet
    ADD CONSTRAINT group_slots_funded_once CHECK (funded IS NULL OR fund_at IS NULL);
CREATE INDEX group_slots_to_fund ON group_slots (fund_at) WHERE fund_at IS NOT NULL;
