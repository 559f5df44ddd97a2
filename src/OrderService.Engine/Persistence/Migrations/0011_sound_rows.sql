-- Every statement that writes to a table parses each of its checks anew from the stored text; the body of a function is parsed once a session. So the rules of the two
-- tables that are written most are a function each. A rule that is NULL holds, as in a check of its own. The rows that are there passed the same rules one by one.

CREATE FUNCTION order_is_sound(o orders) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN length(o.uuid) = 36
        AND o.amount_in > 0 AND o.amount_in < 340282366920938463463374607431768211456
        AND o.trigger IN ('manual', 'time', 'price')
        AND o.direction IN ('lt', 'gt')
        AND o.target_price >= 0
        AND (o.trigger <> 'price' OR (o.condition_token IS NOT NULL AND o.direction IS NOT NULL AND o.target_price > 0))
        AND o.min_amount_out >= 0 AND o.min_amount_out < 340282366920938463463374607431768211456
        AND o.slippage_bps BETWEEN 0 AND 10000
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

CREATE FUNCTION slice_is_sound(s slices) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
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

ALTER TABLE orders
    DROP CONSTRAINT orders_uuid_check,
    DROP CONSTRAINT orders_amount_in_check,
    DROP CONSTRAINT orders_trigger_check,
    DROP CONSTRAINT orders_direction_check,
    DROP CONSTRAINT orders_target_price_check,
    DROP CONSTRAINT orders_check,
    DROP CONSTRAINT orders_min_amount_out_check,
    DROP CONSTRAINT orders_slippage_bps_check,
    DROP CONSTRAINT orders_signature_check,
    DROP CONSTRAINT orders_terms_signature_check,
    DROP CONSTRAINT orders_funding_check,
    DROP CONSTRAINT orders_funding,
    DROP CONSTRAINT orders_interval_count_check,
    DROP CONSTRAINT orders_interval_unit_check,
    DROP CONSTRAINT orders_interval,
    DROP CONSTRAINT orders_attempts_max_check,
    DROP CONSTRAINT orders_on_part_failed_check,
    DROP CONSTRAINT orders_slippage_from_check,
    DROP CONSTRAINT orders_status_check,
    DROP CONSTRAINT orders_check1,
    ADD CONSTRAINT orders_are_sound CHECK (order_is_sound(orders)) NOT VALID;

ALTER TABLE slices
    DROP CONSTRAINT slices_number_check,
    DROP CONSTRAINT slices_amount_in_check,
    DROP CONSTRAINT slices_trigger_check,
    DROP CONSTRAINT slices_price_min_check,
    DROP CONSTRAINT slices_price_max_check,
    DROP CONSTRAINT slices_check5,
    DROP CONSTRAINT slices_rate_min_check,
    DROP CONSTRAINT slices_rate_max_check,
    DROP CONSTRAINT slices_rate,
    DROP CONSTRAINT slices_wait_side_check,
    DROP CONSTRAINT slices_check,
    DROP CONSTRAINT slices_check1,
    DROP CONSTRAINT slices_attempts_used_check,
    DROP CONSTRAINT slices_attempts_max_check,
    DROP CONSTRAINT slices_unquoted_check,
    DROP CONSTRAINT slices_below_min_check,
    DROP CONSTRAINT slices_end_as_check,
    DROP CONSTRAINT slices_intent_uuid_check,
    DROP CONSTRAINT slices_amount_out_check,
    DROP CONSTRAINT slices_status_check,
    DROP CONSTRAINT slices_check2,
    DROP CONSTRAINT slices_check3,
    DROP CONSTRAINT slices_check4,
    DROP CONSTRAINT slices_check6,
    ADD CONSTRAINT slices_are_sound CHECK (slice_is_sound(slices)) NOT VALID;
