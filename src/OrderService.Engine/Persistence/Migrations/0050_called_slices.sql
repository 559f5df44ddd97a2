-- An account sells what no signed intent moves by calling the router itself: the account is the origin of the transaction, and a payer sponsors it. The single use of a slice is then the account's
-- own nonce, as the uuid is of an intent.

-- The accounts that have called, or are about to. The row is locked while a nonce is taken: after the holds, before the accounts that pay. Which nonce comes next the transactions say: one above
-- all that were mined, and not below what the chain was seen to have where somebody else used the account's key.
CREATE TABLE account_nonces (
    address    text COLLATE "C" PRIMARY KEY REFERENCES accounts (address),
    seen_nonce bigint NOT NULL CHECK (seen_nonce >= 0)
);

-- The nonce that a slice was sent with. Until the chain has decided it, nothing of the slice is sent with another.
ALTER TABLE slices ADD COLUMN origin_nonce bigint;
ALTER TABLE attempts
    ADD COLUMN origin       text,
    ADD COLUMN origin_nonce bigint;
CREATE INDEX attempts_by_origin ON attempts (origin, origin_nonce) WHERE origin IS NOT NULL;
-- One transaction of the service's at most uses an account's nonce up.
CREATE UNIQUE INDEX attempts_origin_used ON attempts (origin, origin_nonce) WHERE status IN ('confirmed', 'reverted');

-- The same of withdrawals. One is mined while the chain shows it in a block, whatever it did there.
ALTER TABLE withdrawals
    ADD COLUMN is_called    boolean NOT NULL DEFAULT false,
    ADD COLUMN origin_nonce bigint CHECK (origin_nonce >= 0);
ALTER TABLE withdrawal_transactions
    ADD COLUMN origin       text,
    ADD COLUMN origin_nonce bigint,
    ADD COLUMN is_mined     boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT withdrawal_transactions_origin CHECK ((origin IS NULL) = (origin_nonce IS NULL));
CREATE INDEX withdrawal_transactions_by_origin ON withdrawal_transactions (origin, origin_nonce) WHERE origin IS NOT NULL;

CREATE OR REPLACE FUNCTION order_is_sound(o orders) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN length(o.uuid) = 36
        AND o.amount_in > 0 AND o.amount_in < 340282366920938463463374607431768211456
        AND o.trigger IN ('manual', 'time', 'price')
        AND o.direction IN ('lt', 'gt')
        AND o.target_price >= 0
        AND (o.trigger <> 'price' OR (o.condition_token IS NOT NULL AND o.direction IS NOT NULL AND o.target_price > 0))
        AND o.min_amount_out >= 0 AND o.min_amount_out < 340282366920938463463374607431768211456
        AND o.slippage_bps BETWEEN 0 AND 10000
        AND o.max_deviation_bps BETWEEN 0 AND 10000
        AND o.price_band_bps BETWEEN 0 AND 10000
        AND length(o.signature) IN (65, 101)
        AND length(o.terms_signature) IN (65, 101)
        AND (o.terms_signature IS NULL OR o.terms_bound)
        AND o.funding IN ('signed', 'managed', 'called')
        AND (o.signature IS NULL OR o.funding = 'signed')
        AND (o.signature IS NOT NULL OR o.funding <> 'signed' OR o.status IN ('cancelled', 'completed', 'failed', 'expired'))
        AND (o.funding <> 'signed') = (o.account IS NOT NULL)
        AND o.interval_count > 0
        AND o.interval_unit IN ('second', 'minute', 'hour', 'day', 'week', 'month')
        AND (o.interval_count IS NULL) = (o.interval_unit IS NULL)
        AND o.attempts_max > 0
        AND o.on_part_failed IN ('continue', 'end')
        AND o.slippage_from IN ('quote', 'min')
        AND o.status IN ('open', 'paused', 'cancelling', 'cancelled', 'completed', 'failed', 'expired')
        AND (o.status IN ('cancelled', 'completed', 'failed', 'expired')) = (o.ended_at IS NOT NULL);
END $$;

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
        AND s.origin_nonce >= 0
        AND s.amount_out >= 0 AND s.amount_out < 340282366920938463463374607431768211456
        AND s.status IN ('waiting', 'executing', 'broadcast', 'confirmed', 'failed', 'skipped', 'cancelled', 'expired')
        AND (s.status = 'waiting' OR (s.wake_at IS NULL AND s.wait_side IS NULL))
        AND (s.status <> 'executing' OR s.claim_id IS NOT NULL)
        AND (s.status <> 'broadcast' OR (s.tx_id IS NOT NULL AND s.was_sent))
        AND (s.status IN ('confirmed', 'failed', 'skipped', 'cancelled', 'expired')) = (s.ended_at IS NOT NULL);
END $$;

-- The play chain takes such calls as the real one does: both nonces are admitted and advanced, and each nonce of an account has one place.
ALTER TABLE simulator.mempool
    ADD COLUMN origin       text,
    ADD COLUMN origin_nonce bigint,
    ADD CONSTRAINT mempool_origin CHECK ((origin IS NULL) = (origin_nonce IS NULL));
CREATE UNIQUE INDEX mempool_by_origin ON simulator.mempool (origin, origin_nonce) WHERE origin IS NOT NULL;
ALTER TABLE simulator.transactions
    ADD COLUMN origin       text,
    ADD COLUMN origin_nonce bigint;
CREATE UNIQUE INDEX transactions_by_origin ON simulator.transactions (origin, origin_nonce) WHERE origin IS NOT NULL AND status <> 'replaced';
