-- What an order says of how it is swapped once it is due: the least rate, whole buy tokens for one whole sell token in counts of 10^-18, for which it waits; and that it has one try. A slice
-- with a limit price that has fired is due by the clock from then on (its trigger becomes 'time'), whatever the watched price does.

ALTER TABLE orders
    ADD COLUMN limit_price  numeric(38,0),
    ADD COLUMN is_immediate boolean NOT NULL DEFAULT false;

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
        AND o.limit_price > 0
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
