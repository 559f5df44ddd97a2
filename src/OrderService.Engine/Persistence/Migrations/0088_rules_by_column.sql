-- expands
-- The rules of orders and slices, by their columns instead of by the row: a function of a row's type cannot go with its table to another server. A row that breaks one is refused with the name of
-- that rule. A rule that is NULL holds, as in a check of its own. The rows that are there passed the same rules.

CREATE FUNCTION order_is_sound(
    uuid text, amount_in numeric, trigger text, condition_token text, direction text, target_price numeric, min_amount_out numeric,
    slippage_bps integer, max_deviation_bps integer, price_band_bps integer, limit_price numeric, trailing_bps integer,
    trailing_amount numeric, signature bytea, terms_signature bytea, terms_bound boolean, funding text, account text,
    interval_count integer, interval_unit text, attempts_max integer, on_part_failed text, slippage_from text, status text,
    ended_at timestamptz
) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    broken text := CASE
        WHEN NOT (length(uuid) = 36) THEN 'uuid'
        WHEN NOT (amount_in > 0 AND amount_in < 340282366920938463463374607431768211456) THEN 'amount_in'
        WHEN NOT (trigger IN ('manual', 'time', 'price')) THEN 'trigger'
        WHEN NOT (direction IN ('lt', 'gt')) THEN 'direction'
        WHEN NOT (target_price >= 0) THEN 'target_price'
        WHEN NOT (trigger <> 'price' OR (condition_token IS NOT NULL AND direction IS NOT NULL AND target_price > 0)) THEN 'trigger_by_price'
        WHEN NOT (min_amount_out >= 0 AND min_amount_out < 340282366920938463463374607431768211456) THEN 'min_amount_out'
        WHEN NOT (slippage_bps BETWEEN 0 AND 10000) THEN 'slippage_bps'
        WHEN NOT (max_deviation_bps BETWEEN 0 AND 10000) THEN 'max_deviation_bps'
        WHEN NOT (price_band_bps BETWEEN 0 AND 10000) THEN 'price_band_bps'
        WHEN NOT (limit_price > 0) THEN 'limit_price'
        WHEN NOT (trailing_bps BETWEEN 1 AND 9999) THEN 'trailing_bps'
        WHEN NOT (trailing_amount > 0) THEN 'trailing_amount'
        WHEN NOT (trailing_bps IS NULL OR trailing_amount IS NULL) THEN 'one_way_to_trail'
        WHEN NOT (length(signature) IN (65, 101)) THEN 'signature'
        WHEN NOT (length(terms_signature) IN (65, 101)) THEN 'terms_signature'
        WHEN NOT (terms_signature IS NULL OR terms_bound) THEN 'terms_bound'
        WHEN NOT (funding IN ('signed', 'managed', 'called')) THEN 'funding'
        WHEN NOT (signature IS NULL OR funding = 'signed') THEN 'signature_of_signed'
        WHEN NOT (signature IS NOT NULL OR funding <> 'signed' OR status IN ('cancelled', 'completed', 'failed', 'expired')) THEN 'signature_until_ended'
        WHEN NOT ((funding <> 'signed') = (account IS NOT NULL)) THEN 'account_of_funding'
        WHEN NOT (interval_count > 0) THEN 'interval_count'
        WHEN NOT (interval_unit IN ('second', 'minute', 'hour', 'day', 'week', 'month')) THEN 'interval_unit'
        WHEN NOT ((interval_count IS NULL) = (interval_unit IS NULL)) THEN 'whole_interval'
        WHEN NOT (attempts_max > 0) THEN 'attempts_max'
        WHEN NOT (on_part_failed IN ('continue', 'end')) THEN 'on_part_failed'
        WHEN NOT (slippage_from IN ('quote', 'min')) THEN 'slippage_from'
        WHEN NOT (status IN ('open', 'paused', 'cancelling', 'cancelled', 'completed', 'failed', 'expired')) THEN 'status'
        WHEN NOT ((status IN ('cancelled', 'completed', 'failed', 'expired')) = (ended_at IS NOT NULL)) THEN 'ended_at'
    END;
BEGIN
    IF broken IS NULL THEN RETURN true; END IF;
    RAISE check_violation USING MESSAGE = 'an order breaks the rule ' || broken, TABLE = 'orders', CONSTRAINT = 'orders_' || broken;
END $$;

CREATE FUNCTION slice_is_sound(
    number integer, amount_in numeric, trigger text, pair_id integer, price_min numeric, price_max numeric, status text,
    wake_at timestamptz, wait_side text, wait_price numeric, claim_id uuid, attempts_used integer, attempts_max integer,
    unquoted integer, was_sent boolean, end_as text, tx_id text, amount_out numeric, ended_at timestamptz, below_min integer,
    intent_uuid text, rate_min numeric, rate_max numeric, quote_route text, quote_side text, quote_rate numeric, origin_nonce bigint,
    trail numeric, watermark_id bigint
) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    broken text := CASE
        WHEN NOT (number > 0) THEN 'number'
        WHEN NOT (amount_in > 0 AND amount_in < 340282366920938463463374607431768211456) THEN 'amount_in'
        WHEN NOT (trigger IN ('manual', 'time', 'price')) THEN 'trigger'
        WHEN NOT (price_min >= 0) THEN 'price_min'
        WHEN NOT (price_max >= 0) THEN 'price_max'
        WHEN NOT (trigger <> 'price' OR (pair_id IS NOT NULL AND (price_min IS NOT NULL OR price_max IS NOT NULL OR trail IS NOT NULL))) THEN 'trigger_by_price'
        WHEN NOT (rate_min >= 0) THEN 'rate_min'
        WHEN NOT (rate_max >= 0) THEN 'rate_max'
        WHEN NOT (rate_min <= rate_max) THEN 'rates'
        WHEN NOT (trail > 0) THEN 'trail'
        WHEN NOT (wait_side IN ('rise', 'fall', 'trail')) THEN 'wait_side'
        WHEN NOT (coalesce(wait_side = 'trail', false) OR (wait_side IS NULL) = (wait_price IS NULL)) THEN 'wait_price'
        WHEN NOT (wait_side <> 'trail' OR wait_price IS NULL OR (wait_price = trail AND watermark_id IS NOT NULL)) THEN 'wait_for_trail'
        WHEN NOT (wait_side IS NULL OR (wake_at IS NULL AND pair_id IS NOT NULL)) THEN 'wait_for_one'
        WHEN NOT (quote_side IN ('rise', 'fall', 'band')) THEN 'quote_side'
        WHEN NOT (quote_rate >= 0) THEN 'quote_rate'
        WHEN NOT ((quote_route IS NULL) = (quote_side IS NULL) AND (quote_route IS NULL) = (quote_rate IS NULL)) THEN 'whole_quote'
        WHEN NOT (quote_route IS NULL OR (wake_at IS NULL AND wait_side IS NULL AND status = 'waiting')) THEN 'wait_for_quote'
        WHEN NOT (attempts_used >= 0) THEN 'attempts_used'
        WHEN NOT (attempts_max > 0) THEN 'attempts_max'
        WHEN NOT (unquoted >= 0) THEN 'unquoted'
        WHEN NOT (below_min >= 0) THEN 'below_min'
        WHEN NOT (end_as IN ('cancelled', 'failed', 'expired')) THEN 'end_as'
        WHEN NOT (length(intent_uuid) = 36) THEN 'intent_uuid'
        WHEN NOT (origin_nonce >= 0) THEN 'origin_nonce'
        WHEN NOT (amount_out >= 0 AND amount_out < 340282366920938463463374607431768211456) THEN 'amount_out'
        WHEN NOT (status IN ('waiting', 'executing', 'broadcast', 'confirmed', 'failed', 'skipped', 'cancelled', 'expired')) THEN 'status'
        WHEN NOT (status = 'waiting' OR (wake_at IS NULL AND wait_side IS NULL)) THEN 'wait_while_waiting'
        WHEN NOT (status <> 'executing' OR claim_id IS NOT NULL) THEN 'claim_id'
        WHEN NOT (status <> 'broadcast' OR (tx_id IS NOT NULL AND was_sent)) THEN 'broadcast'
        WHEN NOT ((status IN ('confirmed', 'failed', 'skipped', 'cancelled', 'expired')) = (ended_at IS NOT NULL)) THEN 'ended_at'
    END;
BEGIN
    IF broken IS NULL THEN RETURN true; END IF;
    RAISE check_violation USING MESSAGE = 'a slice breaks the rule ' || broken, TABLE = 'slices', CONSTRAINT = 'slices_' || broken;
END $$;

ALTER TABLE orders DROP CONSTRAINT orders_are_sound;
ALTER TABLE orders ADD CONSTRAINT orders_are_sound CHECK (order_is_sound(
    uuid, amount_in, trigger, condition_token, direction, target_price, min_amount_out, slippage_bps, max_deviation_bps, price_band_bps,
    limit_price, trailing_bps, trailing_amount, signature, terms_signature, terms_bound, funding, account, interval_count, interval_unit,
    attempts_max, on_part_failed, slippage_from, status, ended_at
)) NOT VALID;
DROP FUNCTION order_is_sound(orders);

ALTER TABLE slices DROP CONSTRAINT slices_are_sound;
ALTER TABLE slices ADD CONSTRAINT slices_are_sound CHECK (slice_is_sound(
    number, amount_in, trigger, pair_id, price_min, price_max, status, wake_at, wait_side, wait_price, claim_id, attempts_used,
    attempts_max, unquoted, was_sent, end_as, tx_id, amount_out, ended_at, below_min, intent_uuid, rate_min, rate_max, quote_route,
    quote_side, quote_rate, origin_nonce, trail, watermark_id
)) NOT VALID;
DROP FUNCTION slice_is_sound(slices);
