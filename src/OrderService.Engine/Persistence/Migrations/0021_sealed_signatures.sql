-- The signatures of orders are bytes from here on, sealed with the master key: 65 bytes and what the seal adds, 101. Those of before are 65 bytes in clear until the
-- first start has sealed them. An order that can never need its signatures again has none: it ended and was never sent, or what spent its uuid is final.
ALTER TABLE orders DROP CONSTRAINT orders_are_sound;
ALTER TABLE orders ADD COLUMN terms_bound boolean NOT NULL DEFAULT false;   -- the client gave a signature over the terms

UPDATE orders SET terms_bound = true WHERE terms_signature IS NOT NULL;
UPDATE orders o SET signature = NULL, terms_signature = NULL
WHERE o.status IN ('cancelled', 'completed', 'failed', 'expired') AND o.signature IS NOT NULL
    AND NOT EXISTS (SELECT FROM attempts a WHERE a.order_id = o.id AND NOT a.is_final);

ALTER TABLE orders
    ALTER COLUMN signature TYPE bytea USING decode(signature, 'hex'),
    ALTER COLUMN terms_signature TYPE bytea USING decode(terms_signature, 'hex');

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
        AND o.funding IN ('signed', 'managed')
        AND (o.signature IS NULL OR o.funding = 'signed')
        AND (o.signature IS NOT NULL OR o.funding <> 'signed' OR o.status IN ('cancelled', 'completed', 'failed', 'expired'))
        AND (o.funding = 'managed') = (o.account IS NOT NULL)
        AND o.interval_count > 0
        AND o.interval_unit IN ('second', 'minute', 'hour', 'day', 'week', 'month')
        AND (o.interval_count IS NULL) = (o.interval_unit IS NULL)
        AND o.attempts_max > 0
        AND o.on_part_failed IN ('continue', 'end')
        AND o.slippage_from IN ('quote', 'min')
        AND o.status IN ('open', 'paused', 'cancelling', 'cancelled', 'completed', 'failed', 'expired')
        AND (o.status IN ('cancelled', 'completed', 'failed', 'expired')) = (o.ended_at IS NOT NULL);
END $$;

ALTER TABLE orders ADD CONSTRAINT orders_are_sound CHECK (order_is_sound(orders)) NOT VALID;

-- Set by the start that found no signature in clear any more.
ALTER TABLE master_key ADD COLUMN orders_sealed boolean NOT NULL DEFAULT false;
