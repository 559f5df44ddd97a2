-- How far below the believed prices a quote of an order may be, in basis points: what the client said, a term, and what holds, decided when the order was made from that,
-- its slippage and the default of then. Orders made before have no band, since terms never change.

ALTER TABLE orders
    ADD COLUMN max_deviation_bps integer,
    ADD COLUMN price_band_bps    integer;

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
        AND length(o.signature) = 130
        AND length(o.terms_signature) = 130
        AND o.funding IN ('signed', 'managed')
        AND (o.funding = 'signed') = (o.signature IS NOT NULL)
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
