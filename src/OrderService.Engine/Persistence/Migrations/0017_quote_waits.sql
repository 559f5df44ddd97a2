-- A slice whose quote was not good enough waits for its route's rate: the route (what is sold, what is bought), the side, and the rate at no depth at which its own
-- quote should be good enough, in counts of 10^-18. For a price band it is the share of what the believed prices say. One question a route stands for all that wait.

ALTER TABLE slices
    ADD COLUMN quote_route text,
    ADD COLUMN quote_side  text,
    ADD COLUMN quote_rate  numeric(38,0);
-- What waits for a quote, the easiest first; and who was not asked for longest.
CREATE INDEX slices_quoting ON slices (quote_route, quote_side, quote_rate, created_at, order_id, number) WHERE quote_route IS NOT NULL;
CREATE INDEX slices_unasked ON slices (quote_route, claimed_at) WHERE quote_route IS NOT NULL;

CREATE OR REPLACE FUNCTION slice_is_sound(s slices) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN s.number > 0
        AND s.amount_in > 0 AND s.amount_in < 340282366920938463463374607431768211456
        AND s.trigger IN ('manual', 'time', 'price')
        AND s.price_min >= 0
        AND s.price_max >= 0
        AND (s.trigger <> 'price' OR (s.pair_id IS NOT NULL AND (s.price_min IS NOT NULL OR s.price_max IS NOT NULL)))
        AND s.rate_min >= 0
        AND s.rate_max >= 0
        AND s.rate_min <= s.rate_max
        AND s.wait_side IN ('rise', 'fall')
        AND (s.wait_side IS NULL) = (s.wait_price IS NULL)
        AND (s.wait_side IS NULL OR (s.wake_at IS NULL AND s.pair_id IS NOT NULL))
        AND s.quote_side IN ('rise', 'fall', 'band')
        AND s.quote_rate >= 0
        AND (s.quote_route IS NULL) = (s.quote_side IS NULL) AND (s.quote_route IS NULL) = (s.quote_rate IS NULL)
        AND (s.quote_route IS NULL OR (s.wake_at IS NULL AND s.wait_side IS NULL AND s.status = 'waiting'))
        AND s.attempts_used >= 0
        AND s.attempts_max > 0
        AND s.unquoted >= 0
        AND s.below_min >= 0
        AND s.end_as IN ('cancelled', 'failed', 'expired')
        AND length(s.intent_uuid) = 36
        AND s.amount_out >= 0 AND s.amount_out < 340282366920938463463374607431768211456
        AND s.status IN ('waiting', 'executing', 'broadcast', 'confirmed', 'failed', 'skipped', 'cancelled', 'expired')
        AND (s.status = 'waiting' OR (s.wake_at IS NULL AND s.wait_side IS NULL))
        AND (s.status <> 'executing' OR s.claim_id IS NOT NULL)
        AND (s.status <> 'broadcast' OR (s.tx_id IS NOT NULL AND s.was_sent))
        AND (s.status IN ('confirmed', 'failed', 'skipped', 'cancelled', 'expired')) = (s.ended_at IS NOT NULL);
END $$;
