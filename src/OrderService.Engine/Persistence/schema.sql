-- The schema after the last migration, made from the catalog and held by a test. The schema simulator, of the play chain, is made by its own code.

CREATE OR REPLACE FUNCTION order_is_sound(uuid text, amount_in numeric, trigger text, condition_token text, direction text, target_price numeric, min_amount_out numeric, slippage_bps integer, max_deviation_bps integer, price_band_bps integer, limit_price numeric, trailing_bps integer, trailing_amount numeric, signature bytea, terms_signature bytea, terms_bound boolean, funding text, account text, interval_count integer, interval_unit text, attempts_max integer, on_part_failed text, slippage_from text, status text, ended_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
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
END $function$
;

CREATE OR REPLACE FUNCTION slice_is_sound(number integer, amount_in numeric, trigger text, pair_id integer, price_min numeric, price_max numeric, status text, wake_at timestamp with time zone, wait_side text, wait_price numeric, claim_id uuid, attempts_used integer, attempts_max integer, unquoted integer, was_sent boolean, end_as text, tx_id text, amount_out numeric, ended_at timestamp with time zone, below_min integer, intent_uuid text, rate_min numeric, rate_max numeric, quote_route text, quote_side text, quote_rate numeric, origin_nonce bigint, trail numeric, watermark_id bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
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
END $function$
;

CREATE OR REPLACE FUNCTION trail_fires_at(side text, unit text, price numeric, distance numeric)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE
AS $function$
    SELECT CASE
        WHEN distance IS NULL THEN NULL
        WHEN side = 'fall' AND unit = 'amount' THEN CASE WHEN price > distance THEN price - distance END
        WHEN side = 'fall' THEN div(price * (10000 - distance), 10000)
        WHEN unit = 'amount' THEN least(price + distance, 99999999999999999999999999999999999999)
        ELSE least(div(price * (10000 + distance) + 9999, 10000), 99999999999999999999999999999999999999) END
$function$
;

CREATE TABLE account_entries (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    account_id uuid NOT NULL,
    token text NOT NULL,
    order_id uuid,
    slice_number integer,
    withdrawal_id uuid,
    kind text NOT NULL,
    amount numeric(39,0) NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL DEFAULT 'system'::text,
    CONSTRAINT account_entries_pkey PRIMARY KEY (id),
    CONSTRAINT account_entries_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id),
    CONSTRAINT account_entries_amount_check CHECK ((amount > (0)::numeric)),
    CONSTRAINT account_entries_check CHECK (((order_id IS NULL) <> (withdrawal_id IS NULL))),
    CONSTRAINT account_entries_kind_check CHECK ((kind = ANY (ARRAY['reserved'::text, 'topped_up'::text, 'started'::text, 'given_back'::text, 'spent'::text, 'taken_back'::text, 'returned'::text, 'withdrawing'::text, 'withdrawn'::text, 'withdrawal_taken_back'::text, 'withdrawal_returned'::text])))
);

CREATE TABLE account_keys (
    account_id uuid NOT NULL,
    key_id text NOT NULL,
    nonce bytea NOT NULL,
    ciphertext bytea NOT NULL,
    CONSTRAINT account_keys_pkey PRIMARY KEY (account_id),
    CONSTRAINT account_keys_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id),
    CONSTRAINT account_keys_ciphertext_check CHECK ((length(ciphertext) = 48)),
    CONSTRAINT account_keys_key_id_check CHECK ((length(key_id) = 16)),
    CONSTRAINT account_keys_nonce_check CHECK ((length(nonce) = 12))
);

CREATE TABLE account_nonces (
    address text NOT NULL,
    seen_nonce bigint NOT NULL,
    CONSTRAINT account_nonces_pkey PRIMARY KEY (address),
    CONSTRAINT account_nonces_address_fkey FOREIGN KEY (address) REFERENCES accounts(address),
    CONSTRAINT account_nonces_seen_nonce_check CHECK ((seen_nonce >= 0))
);

CREATE TABLE accounts (
    id uuid NOT NULL,
    owner text NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT accounts_pkey PRIMARY KEY (id),
    CONSTRAINT accounts_address_key UNIQUE (address),
    CONSTRAINT accounts_owner_name_key UNIQUE (owner, name),
    CONSTRAINT accounts_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);

CREATE TABLE api_key_sales (
    key_id uuid NOT NULL,
    day date NOT NULL,
    usd numeric(38,0) NOT NULL,
    CONSTRAINT api_key_sales_pkey PRIMARY KEY (key_id, day),
    CONSTRAINT api_key_sales_key_id_fkey FOREIGN KEY (key_id) REFERENCES api_keys(id),
    CONSTRAINT api_key_sales_usd_check CHECK ((usd >= (0)::numeric))
);

CREATE TABLE api_key_usage (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    key_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    status integer NOT NULL,
    error text,
    took_ms integer,
    CONSTRAINT api_key_usage_pkey PRIMARY KEY (id),
    CONSTRAINT api_key_usage_key_id_fkey FOREIGN KEY (key_id) REFERENCES api_keys(id),
    CONSTRAINT api_key_usage_error_check CHECK ((length(error) <= 300)),
    CONSTRAINT api_key_usage_took_ms_check CHECK ((took_ms >= 0))
);

CREATE TABLE api_key_windows (
    key_id uuid NOT NULL,
    minute_start timestamp with time zone NOT NULL,
    minute_count integer NOT NULL,
    hour_start timestamp with time zone NOT NULL,
    hour_count integer NOT NULL,
    day_start timestamp with time zone NOT NULL,
    day_count integer NOT NULL,
    budget text NOT NULL DEFAULT 'calls'::text,
    CONSTRAINT api_key_windows_pkey PRIMARY KEY (key_id, budget),
    CONSTRAINT api_key_windows_key_id_fkey FOREIGN KEY (key_id) REFERENCES api_keys(id),
    CONSTRAINT api_key_windows_budget_check CHECK ((budget = ANY (ARRAY['calls'::text, 'cancels'::text])))
);

CREATE TABLE api_keys (
    id uuid NOT NULL,
    owner text NOT NULL,
    name text NOT NULL,
    key_hash text NOT NULL,
    key_preview text NOT NULL,
    permissions text[] NOT NULL,
    status text NOT NULL,
    rate_per_minute integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    requests bigint NOT NULL,
    failures bigint NOT NULL,
    creations bigint NOT NULL,
    executions bigint NOT NULL,
    cancellations bigint NOT NULL,
    max_slippage_bps integer NOT NULL DEFAULT 1000,
    max_usd_per_day numeric(38,0),
    tokens text[],
    ips text[],
    CONSTRAINT api_keys_pkey PRIMARY KEY (id),
    CONSTRAINT api_keys_key_hash_key UNIQUE (key_hash),
    CONSTRAINT api_keys_ips_check CHECK (((cardinality(ips) >= 1) AND (cardinality(ips) <= 100))),
    CONSTRAINT api_keys_key_hash_check CHECK ((length(key_hash) = 64)),
    CONSTRAINT api_keys_max_slippage_bps_check CHECK (((max_slippage_bps >= 0) AND (max_slippage_bps <= 10000))),
    CONSTRAINT api_keys_max_usd_per_day_check CHECK ((max_usd_per_day > (0)::numeric)),
    CONSTRAINT api_keys_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT api_keys_permissions_check CHECK ((((cardinality(permissions) >= 1) AND (cardinality(permissions) <= 5)) AND (permissions <@ ARRAY['create'::text, 'execute'::text, 'cancel'::text, 'accounts'::text, 'trade'::text]))),
    CONSTRAINT api_keys_rate_per_minute_check CHECK ((rate_per_minute > 0)),
    CONSTRAINT api_keys_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'revoked'::text]))),
    CONSTRAINT api_keys_tokens_check CHECK (((cardinality(tokens) >= 1) AND (cardinality(tokens) <= 100)))
);

CREATE TABLE believed_prices (
    token text NOT NULL,
    usd numeric(38,0) NOT NULL,
    at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    sources text NOT NULL,
    is_alone boolean NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT believed_prices_pkey PRIMARY KEY (token),
    CONSTRAINT believed_prices_usd_check CHECK ((usd > (0)::numeric))
);

CREATE TABLE cancel_switches (
    owner text NOT NULL,
    scope text NOT NULL,
    fires_at timestamp with time zone NOT NULL,
    token text,
    pair_base text,
    pair_quote text,
    strategy_id text,
    side text,
    armed_at timestamp with time zone NOT NULL,
    armed_by text NOT NULL,
    cancelled integer NOT NULL DEFAULT 0,
    group_id uuid,
    CONSTRAINT cancel_switches_pkey PRIMARY KEY (owner, scope),
    CONSTRAINT cancel_switches_cancelled_check CHECK ((cancelled >= 0)),
    CONSTRAINT cancel_switches_check CHECK (((pair_base IS NULL) = (pair_quote IS NULL))),
    CONSTRAINT cancel_switches_check1 CHECK (((side IS NULL) OR (token IS NOT NULL) OR (pair_base IS NOT NULL))),
    CONSTRAINT cancel_switches_check2 CHECK ((fires_at > armed_at)),
    CONSTRAINT cancel_switches_scope_check CHECK ((length(scope) <= 1000)),
    CONSTRAINT cancel_switches_side_check CHECK ((side = ANY (ARRAY['buy'::text, 'sell'::text]))),
    CONSTRAINT cancel_switches_strategy_id_check CHECK (((length(strategy_id) >= 1) AND (length(strategy_id) <= 200)))
);

CREATE TABLE clock_paces (
    from_at timestamp with time zone NOT NULL,
    engine_at timestamp with time zone NOT NULL,
    pace integer NOT NULL,
    CONSTRAINT clock_paces_pkey PRIMARY KEY (from_at),
    CONSTRAINT clock_paces_check CHECK ((engine_at >= from_at)),
    CONSTRAINT clock_paces_pace_check CHECK (((pace >= 1) AND (pace <= 3600)))
);

CREATE TABLE curves (
    order_id uuid NOT NULL,
    side text NOT NULL,
    is_exact_out boolean NOT NULL,
    target numeric(39,0) NOT NULL,
    pace text NOT NULL,
    shape text NOT NULL,
    tilt integer NOT NULL,
    duration_ms bigint NOT NULL,
    discretion integer NOT NULL,
    patience integer NOT NULL,
    slices_min integer NOT NULL,
    clip_max numeric(39,0),
    goes_on boolean NOT NULL,
    volume_target integer,
    volume_max integer,
    start_at timestamp with time zone,
    condition text,
    condition_expiry timestamp with time zone,
    limit_price numeric(38,0),
    limit_expression text,
    is_reverse_limit boolean NOT NULL,
    pauses_outside boolean NOT NULL,
    custom_id text,
    labels text[] NOT NULL,
    attempts_max integer NOT NULL,
    revision integer NOT NULL,
    activated_at timestamp with time zone,
    paused_at timestamp with time zone,
    resumed_at timestamp with time zone,
    paused_for bigint NOT NULL,
    paused_by text,
    resume_when text,
    kept json,
    knots integer[],
    layout_done numeric(39,0) NOT NULL,
    layout_count integer NOT NULL,
    size_max numeric(39,0),
    funds numeric(39,0) NOT NULL,
    released numeric(39,0) NOT NULL,
    arrival_price numeric(38,0),
    departure_price numeric(38,0),
    vwap numeric(38,0),
    interval_volume numeric(39,0),
    wake_at timestamp with time zone,
    is_watching boolean NOT NULL,
    is_blind boolean NOT NULL DEFAULT false,
    amended_at timestamp with time zone,
    CONSTRAINT curves_pkey PRIMARY KEY (order_id),
    CONSTRAINT curves_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id),
    CONSTRAINT curves_attempts_max_check CHECK ((attempts_max > 0)),
    CONSTRAINT curves_check CHECK (((released >= (0)::numeric) AND (released <= funds))),
    CONSTRAINT curves_check1 CHECK (((limit_price IS NULL) OR (limit_expression IS NULL))),
    CONSTRAINT curves_check2 CHECK (((paused_by IS NULL) OR (paused_at IS NOT NULL))),
    CONSTRAINT curves_clip_max_check CHECK ((clip_max > (0)::numeric)),
    CONSTRAINT curves_discretion_check CHECK (((discretion >= 0) AND (discretion <= 1000000000))),
    CONSTRAINT curves_duration_ms_check CHECK ((duration_ms >= 1000)),
    CONSTRAINT curves_funds_check CHECK ((funds > (0)::numeric)),
    CONSTRAINT curves_knots_check CHECK ((array_length(knots, 1) = 65)),
    CONSTRAINT curves_layout_count_check CHECK (((layout_count >= 1) AND (layout_count <= 1000))),
    CONSTRAINT curves_layout_done_check CHECK ((layout_done >= (0)::numeric)),
    CONSTRAINT curves_limit_price_check CHECK ((limit_price > (0)::numeric)),
    CONSTRAINT curves_pace_check CHECK ((pace = ANY (ARRAY['curve'::text, 'turns'::text, 'uneven'::text, 'once'::text]))),
    CONSTRAINT curves_patience_check CHECK (((patience >= 0) AND (patience <= 1000000000))),
    CONSTRAINT curves_paused_by_check CHECK ((paused_by = ANY (ARRAY['person'::text, 'system'::text]))),
    CONSTRAINT curves_paused_for_check CHECK ((paused_for >= 0)),
    CONSTRAINT curves_revision_check CHECK ((revision > 0)),
    CONSTRAINT curves_shape_check CHECK ((shape = ANY (ARRAY['twap'::text, 'vwap'::text, 'shortfall'::text, 'targettime'::text]))),
    CONSTRAINT curves_side_check CHECK ((side = ANY (ARRAY['buy'::text, 'sell'::text]))),
    CONSTRAINT curves_size_max_check CHECK ((size_max > (0)::numeric)),
    CONSTRAINT curves_slices_min_check CHECK (((slices_min >= 1) AND (slices_min <= 1000))),
    CONSTRAINT curves_target_check CHECK (((target > (0)::numeric) AND (target < '340282366920938463463374607431768211456'::numeric))),
    CONSTRAINT curves_tilt_check CHECK (((tilt >= '-1000000000'::integer) AND (tilt <= 1000000000))),
    CONSTRAINT curves_volume_max_check CHECK (((volume_max >= 1) AND (volume_max <= 1000000000))),
    CONSTRAINT curves_volume_target_check CHECK (((volume_target >= 1) AND (volume_target <= 1000000000)))
) WITH (fillfactor=80);

CREATE TABLE ended_curves (
    order_id uuid NOT NULL,
    side text NOT NULL,
    is_exact_out boolean NOT NULL,
    target numeric(39,0) NOT NULL,
    pace text NOT NULL,
    shape text NOT NULL,
    tilt integer NOT NULL,
    duration_ms bigint NOT NULL,
    discretion integer NOT NULL,
    patience integer NOT NULL,
    slices_min integer NOT NULL,
    clip_max numeric(39,0),
    goes_on boolean NOT NULL,
    volume_target integer,
    volume_max integer,
    start_at timestamp with time zone,
    condition text,
    condition_expiry timestamp with time zone,
    limit_price numeric(38,0),
    limit_expression text,
    is_reverse_limit boolean NOT NULL,
    pauses_outside boolean NOT NULL,
    custom_id text,
    labels text[] NOT NULL,
    attempts_max integer NOT NULL,
    revision integer NOT NULL,
    activated_at timestamp with time zone,
    paused_at timestamp with time zone,
    resumed_at timestamp with time zone,
    paused_for bigint NOT NULL,
    paused_by text,
    resume_when text,
    kept json,
    knots integer[],
    layout_done numeric(39,0) NOT NULL,
    layout_count integer NOT NULL,
    size_max numeric(39,0),
    funds numeric(39,0) NOT NULL,
    released numeric(39,0) NOT NULL,
    arrival_price numeric(38,0),
    departure_price numeric(38,0),
    vwap numeric(38,0),
    interval_volume numeric(39,0),
    wake_at timestamp with time zone,
    is_watching boolean NOT NULL,
    is_blind boolean NOT NULL,
    amended_at timestamp with time zone,
    month date NOT NULL,
    CONSTRAINT ended_curves_pkey PRIMARY KEY (order_id, month)
);

CREATE TABLE ended_months (
    month date NOT NULL,
    exported_at timestamp with time zone,
    orders bigint,
    dropped_at timestamp with time zone,
    CONSTRAINT ended_months_pkey PRIMARY KEY (month),
    CONSTRAINT ended_months_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
    CONSTRAINT ended_months_orders_check CHECK ((orders >= 0))
);

CREATE TABLE ended_orders (
    id uuid NOT NULL,
    uuid text NOT NULL,
    dialect text NOT NULL,
    owner text NOT NULL,
    recipient text NOT NULL,
    sell_token text NOT NULL,
    buy_token text NOT NULL,
    amount_in numeric(39,0) NOT NULL,
    router text NOT NULL,
    chain_id bigint NOT NULL,
    trigger text NOT NULL,
    condition_token text,
    base_asset text,
    direction text,
    target_price numeric(38,0),
    valid_from timestamp with time zone,
    valid_to timestamp with time zone,
    min_amount_out numeric(39,0),
    slippage_bps integer,
    signature bytea,
    terms_signature bytea,
    client_fields json,
    status text NOT NULL,
    reason text,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    accepts_unprotected boolean NOT NULL,
    funding text NOT NULL,
    account text,
    interval_count integer,
    interval_unit text,
    keeps_distance boolean NOT NULL,
    attempts_max integer,
    on_part_failed text NOT NULL,
    slippage_from text NOT NULL,
    max_deviation_bps integer,
    price_band_bps integer,
    is_curve boolean NOT NULL,
    terms_bound boolean NOT NULL,
    parts integer,
    anchor timestamp with time zone,
    anchor_part integer NOT NULL,
    is_rest_released boolean NOT NULL,
    kind text NOT NULL,
    public_id text,
    revision integer NOT NULL,
    strategy_id text,
    first_terms json,
    limit_price numeric(38,0),
    is_immediate boolean NOT NULL,
    trailing_bps integer,
    trailing_amount numeric(38,0),
    group_id uuid,
    leg integer,
    month date NOT NULL,
    CONSTRAINT ended_orders_pkey PRIMARY KEY (id, month)
);

CREATE TABLE ended_progress (
    is_only boolean NOT NULL DEFAULT true,
    position bigint NOT NULL,
    CONSTRAINT ended_progress_pkey PRIMARY KEY (is_only),
    CONSTRAINT ended_progress_is_only_check CHECK (is_only),
    CONSTRAINT ended_progress_position_check CHECK (("position" >= 0))
);

CREATE TABLE ended_slices (
    order_id uuid NOT NULL,
    number integer NOT NULL,
    amount_in numeric(39,0) NOT NULL,
    trigger text NOT NULL,
    pair_id integer,
    price_min numeric(38,0),
    price_max numeric(38,0),
    not_before timestamp with time zone,
    not_after timestamp with time zone,
    status text NOT NULL,
    reason text,
    wake_at timestamp with time zone,
    wait_side text,
    wait_price numeric(38,0),
    claim_id uuid,
    claimed_at timestamp with time zone,
    lease_until timestamp with time zone,
    watched_price numeric(38,0),
    base_price numeric(38,0),
    price_sources text,
    price_at timestamp with time zone,
    attempts_used integer NOT NULL,
    attempts_max integer NOT NULL,
    unquoted integer NOT NULL,
    was_sent boolean NOT NULL,
    end_as text,
    tx_id text,
    amount_out numeric(39,0),
    block_height bigint,
    block_time timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    below_min integer NOT NULL,
    intent_uuid text,
    rate_min numeric(38,0),
    rate_max numeric(38,0),
    planned numeric(39,0),
    any_price_from timestamp with time zone,
    funds_of text,
    unfunded_since timestamp with time zone,
    retries boolean NOT NULL,
    quote_route text,
    quote_side text,
    quote_rate numeric(38,0),
    origin_nonce bigint,
    trail numeric(38,0),
    watermark_id bigint,
    closes_at timestamp with time zone,
    queue_place bigint,
    calls_of text,
    month date NOT NULL,
    CONSTRAINT ended_slices_pkey PRIMARY KEY (order_id, number, month)
);

CREATE TABLE ended_transactions (
    id bigint NOT NULL,
    order_id uuid,
    slice_number integer,
    kind text,
    status text NOT NULL,
    tx_id text NOT NULL,
    solver text NOT NULL,
    nonce bigint NOT NULL,
    fee numeric(39,0) NOT NULL,
    quoted_amount_out numeric(39,0),
    min_amount_out numeric(39,0),
    prepared_at timestamp with time zone NOT NULL,
    sends_count integer NOT NULL,
    last_sent_at timestamp with time zone NOT NULL,
    reason text,
    amount_out numeric(39,0),
    block_height bigint,
    settled_at timestamp with time zone,
    is_final boolean NOT NULL,
    raises integer NOT NULL,
    seen_height bigint,
    origin text,
    origin_nonce bigint,
    purpose text NOT NULL,
    withdrawal_id uuid,
    void_as text,
    origin_used bigint,
    raw bytea NOT NULL,
    month date NOT NULL,
    CONSTRAINT ended_transactions_pkey PRIMARY KEY (id, month)
);

CREATE TABLE ended_versions (
    tx_id text NOT NULL,
    transaction_id bigint NOT NULL,
    raw bytea NOT NULL,
    fee numeric(39,0) NOT NULL,
    kind text,
    month date NOT NULL,
    CONSTRAINT ended_versions_pkey PRIMARY KEY (tx_id, month)
);

CREATE TABLE event_log (
    is_only boolean NOT NULL DEFAULT true,
    log_id text NOT NULL,
    system bigint,
    begun_at timestamp with time zone NOT NULL,
    CONSTRAINT event_log_pkey PRIMARY KEY (is_only),
    CONSTRAINT event_log_is_only_check CHECK (is_only),
    CONSTRAINT event_log_log_id_check CHECK ((log_id ~ '^[0-9a-f]{16}$'::text))
);

CREATE TABLE event_positions (
    position bigint NOT NULL,
    event_id bigint NOT NULL,
    owner text,
    CONSTRAINT event_positions_pkey PRIMARY KEY ("position"),
    CONSTRAINT event_positions_position_check CHECK (("position" > 0))
);

CREATE TABLE event_rounds (
    head bigint NOT NULL,
    seen pg_snapshot NOT NULL,
    target pg_snapshot,
    cut bigint,
    CONSTRAINT event_rounds_pkey PRIMARY KEY (head),
    CONSTRAINT event_rounds_check CHECK (((target IS NULL) = (cut IS NULL))),
    CONSTRAINT event_rounds_head_check CHECK ((head >= 0))
);

CREATE TABLE free_nonces (
    solver text NOT NULL,
    nonce bigint NOT NULL,
    freed_at timestamp with time zone NOT NULL DEFAULT now(),
    origin text,
    origin_nonce bigint,
    CONSTRAINT free_nonces_pkey PRIMARY KEY (solver, nonce),
    CONSTRAINT free_nonces_solver_fkey FOREIGN KEY (solver) REFERENCES solvers(address),
    CONSTRAINT free_nonces_origin CHECK (((origin IS NULL) = (origin_nonce IS NULL)))
);

CREATE TABLE group_slots (
    group_id uuid NOT NULL,
    kind text NOT NULL,
    leg integer,
    is_final boolean NOT NULL DEFAULT false,
    sells_all boolean NOT NULL DEFAULT false,
    funded numeric(39,0),
    fund_at timestamp with time zone,
    CONSTRAINT group_slots_pkey PRIMARY KEY (group_id),
    CONSTRAINT group_slots_final CHECK (((leg IS NOT NULL) OR (NOT is_final))),
    CONSTRAINT group_slots_funded_check CHECK (((funded > (0)::numeric) AND (funded < '340282366920938463463374607431768211456'::numeric))),
    CONSTRAINT group_slots_funded_once CHECK (((funded IS NULL) OR (fund_at IS NULL))),
    CONSTRAINT group_slots_kind_check CHECK ((kind = ANY (ARRAY['oco'::text, 'oto'::text, 'bracket'::text]))),
    CONSTRAINT group_slots_leg_check CHECK ((leg > 0))
) WITH (fillfactor=80);

CREATE TABLE held_jumps (
    token text NOT NULL,
    source text NOT NULL,
    usd_from numeric(38,0) NOT NULL,
    usd_to numeric(38,0) NOT NULL,
    since timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    CONSTRAINT held_jumps_pkey PRIMARY KEY (token, source),
    CONSTRAINT held_jumps_reason_check CHECK ((reason = ANY (ARRAY['unconfirmed'::text, 'contradicted'::text, 'passed'::text]))),
    CONSTRAINT held_jumps_usd_from_check CHECK ((usd_from > (0)::numeric)),
    CONSTRAINT held_jumps_usd_to_check CHECK ((usd_to > (0)::numeric))
);

CREATE TABLE holds (
    holder text NOT NULL,
    token text NOT NULL,
    in_flight numeric NOT NULL,
    spent numeric NOT NULL,
    CONSTRAINT holds_pkey PRIMARY KEY (holder, token),
    CONSTRAINT holds_in_flight_check CHECK ((in_flight >= (0)::numeric)),
    CONSTRAINT holds_spent_check CHECK ((spent >= (0)::numeric))
) WITH (fillfactor=80);

CREATE TABLE idempotency_keys (
    scope text NOT NULL,
    key text NOT NULL,
    id uuid NOT NULL,
    fingerprint bytea NOT NULL,
    leased_until timestamp with time zone,
    content_type text,
    answer bytea,
    created_at timestamp with time zone NOT NULL,
    order_id text,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key),
    CONSTRAINT idempotency_keys_check CHECK (((leased_until IS NULL) = (answer IS NOT NULL))),
    CONSTRAINT idempotency_keys_fingerprint_check CHECK ((length(fingerprint) = 32))
);

CREATE TABLE master_key (
    is_only boolean NOT NULL DEFAULT true,
    key_id text NOT NULL,
    check_value bytea NOT NULL,
    set_at timestamp with time zone NOT NULL,
    orders_sealed boolean NOT NULL DEFAULT false,
    CONSTRAINT master_key_pkey PRIMARY KEY (is_only),
    CONSTRAINT master_key_check_value_check CHECK ((length(check_value) = 32)),
    CONSTRAINT master_key_is_only_check CHECK (is_only),
    CONSTRAINT master_key_key_id_check CHECK ((length(key_id) = 16))
);

CREATE TABLE order_events (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    order_id uuid,
    slice_number integer,
    kind text NOT NULL,
    at timestamp with time zone NOT NULL,
    detail json,
    actor text NOT NULL DEFAULT 'system'::text,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    owner text,
    order_status text,
    order_filled numeric(39,0),
    order_reason text,
    CONSTRAINT order_events_pkey PRIMARY KEY (id),
    CONSTRAINT order_events_order_filled_check CHECK ((order_filled >= (0)::numeric))
);

CREATE TABLE order_ids (
    id uuid NOT NULL,
    uuid text NOT NULL,
    dialect text NOT NULL,
    owner text NOT NULL,
    public_id text,
    group_id uuid,
    leg integer,
    is_signed boolean NOT NULL,
    status text NOT NULL,
    reason text,
    ended_at timestamp with time zone NOT NULL,
    month date,
    try_at timestamp with time zone,
    CONSTRAINT order_ids_pkey PRIMARY KEY (id),
    CONSTRAINT order_ids_place CHECK (((month IS NULL) = (try_at IS NOT NULL))),
    CONSTRAINT order_ids_status_check CHECK ((status = ANY (ARRAY['cancelled'::text, 'completed'::text, 'failed'::text, 'expired'::text])))
);

CREATE TABLE orders (
    id uuid NOT NULL,
    uuid text NOT NULL,
    dialect text NOT NULL,
    owner text NOT NULL,
    recipient text NOT NULL,
    sell_token text NOT NULL,
    buy_token text NOT NULL,
    amount_in numeric(39,0) NOT NULL,
    router text NOT NULL,
    chain_id bigint NOT NULL,
    trigger text NOT NULL,
    condition_token text,
    base_asset text,
    direction text,
    target_price numeric(38,0),
    valid_from timestamp with time zone,
    valid_to timestamp with time zone,
    min_amount_out numeric(39,0),
    slippage_bps integer,
    signature bytea,
    terms_signature bytea,
    client_fields json,
    status text NOT NULL,
    reason text,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    accepts_unprotected boolean NOT NULL DEFAULT false,
    funding text NOT NULL DEFAULT 'signed'::text,
    account text,
    interval_count integer,
    interval_unit text,
    keeps_distance boolean NOT NULL DEFAULT false,
    attempts_max integer,
    on_part_failed text NOT NULL DEFAULT 'continue'::text,
    slippage_from text NOT NULL DEFAULT 'quote'::text,
    max_deviation_bps integer,
    price_band_bps integer,
    is_curve boolean NOT NULL DEFAULT false,
    terms_bound boolean NOT NULL DEFAULT false,
    parts integer,
    anchor timestamp with time zone,
    anchor_part integer NOT NULL DEFAULT 0,
    is_rest_released boolean NOT NULL DEFAULT false,
    kind text NOT NULL DEFAULT 'swap'::text,
    public_id text,
    revision integer NOT NULL DEFAULT 1,
    strategy_id text,
    first_terms json,
    limit_price numeric(38,0),
    is_immediate boolean NOT NULL DEFAULT false,
    trailing_bps integer,
    trailing_amount numeric(38,0),
    group_id uuid,
    leg integer,
    CONSTRAINT orders_pkey PRIMARY KEY (id),
    CONSTRAINT orders_are_sound CHECK (order_is_sound(uuid, amount_in, trigger, condition_token, direction, target_price, min_amount_out, slippage_bps, max_deviation_bps, price_band_bps, limit_price, trailing_bps, trailing_amount, signature, terms_signature, terms_bound, funding, account, interval_count, interval_unit, attempts_max, on_part_failed, slippage_from, status, ended_at)) NOT VALID,
    CONSTRAINT orders_kind_check CHECK ((kind = ANY (ARRAY['swap'::text, 'limit'::text, 'dca'::text, 'curve'::text]))),
    CONSTRAINT orders_parts_check CHECK ((parts > 0)),
    CONSTRAINT orders_revision_check CHECK ((revision > 0)),
    CONSTRAINT orders_strategy_id_check CHECK (((length(strategy_id) >= 1) AND (length(strategy_id) <= 200)))
) WITH (fillfactor=70);

CREATE TABLE outgoing_transactions (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    order_id uuid,
    slice_number integer,
    kind text,
    status text NOT NULL,
    tx_id text NOT NULL,
    solver text NOT NULL,
    nonce bigint NOT NULL,
    fee numeric(39,0) NOT NULL,
    quoted_amount_out numeric(39,0),
    min_amount_out numeric(39,0),
    prepared_at timestamp with time zone NOT NULL,
    sends_count integer NOT NULL,
    last_sent_at timestamp with time zone NOT NULL,
    reason text,
    amount_out numeric(39,0),
    block_height bigint,
    settled_at timestamp with time zone,
    is_final boolean NOT NULL,
    raises integer NOT NULL DEFAULT 0,
    seen_height bigint,
    origin text,
    origin_nonce bigint,
    purpose text NOT NULL DEFAULT 'slice'::text,
    withdrawal_id uuid,
    void_as text,
    origin_used bigint,
    raw bytea NOT NULL DEFAULT '\x'::bytea,
    CONSTRAINT attempts_pkey PRIMARY KEY (id),
    CONSTRAINT attempts_order_id_slice_number_fkey FOREIGN KEY (order_id, slice_number) REFERENCES slices(order_id, number),
    CONSTRAINT attempts_solver_fkey FOREIGN KEY (solver) REFERENCES solvers(address),
    CONSTRAINT outgoing_withdrawal_fkey FOREIGN KEY (withdrawal_id) REFERENCES withdrawals(id),
    CONSTRAINT attempts_fee_check CHECK ((fee >= (0)::numeric)),
    CONSTRAINT attempts_nonce_check CHECK ((nonce >= 0)),
    CONSTRAINT attempts_raises_check CHECK ((raises >= 0)),
    CONSTRAINT attempts_seen_height_check CHECK ((seen_height >= 0)),
    CONSTRAINT attempts_sends_count_check CHECK ((sends_count > 0)),
    CONSTRAINT attempts_status_check CHECK ((status = ANY (ARRAY['prepared'::text, 'sent'::text, 'confirmed'::text, 'reverted'::text, 'rejected'::text, 'replaced'::text]))),
    CONSTRAINT outgoing_is_of_one CHECK (
CASE purpose
    WHEN 'slice'::text THEN ((order_id IS NOT NULL) AND (slice_number IS NOT NULL) AND (kind IS NOT NULL) AND (kind = ANY (ARRAY['swap'::text, 'spend'::text])) AND (withdrawal_id IS NULL))
    WHEN 'withdrawal'::text THEN ((withdrawal_id IS NOT NULL) AND (order_id IS NULL) AND (kind IS NULL))
    WHEN 'fill'::text THEN ((withdrawal_id IS NULL) AND (order_id IS NULL) AND (kind IS NULL))
    ELSE false
END),
    CONSTRAINT outgoing_stands CHECK (((NOT (void_as IS DISTINCT FROM
CASE
    WHEN (status = ANY (ARRAY['rejected'::text, 'replaced'::text])) THEN status
    ELSE NULL::text
END)) AND (NOT (origin_used IS DISTINCT FROM
CASE
    WHEN (status = ANY (ARRAY['confirmed'::text, 'reverted'::text])) THEN origin_nonce
    ELSE NULL::bigint
END)))) NOT VALID
) WITH (fillfactor=50);

CREATE TABLE outgoing_versions (
    tx_id text NOT NULL,
    transaction_id bigint NOT NULL,
    raw bytea NOT NULL,
    fee numeric(39,0) NOT NULL,
    kind text,
    CONSTRAINT attempt_versions_pkey PRIMARY KEY (tx_id),
    CONSTRAINT attempt_versions_attempt_id_fkey FOREIGN KEY (transaction_id) REFERENCES outgoing_transactions(id),
    CONSTRAINT attempt_versions_fee_check CHECK ((fee >= (0)::numeric)),
    CONSTRAINT attempt_versions_kind_check CHECK ((kind = ANY (ARRAY['swap'::text, 'spend'::text])))
);

CREATE TABLE owner_fees (
    owner text NOT NULL,
    hour timestamp with time zone NOT NULL,
    fees numeric NOT NULL,
    CONSTRAINT owner_fees_pkey PRIMARY KEY (owner),
    CONSTRAINT owner_fees_fees_check CHECK ((fees >= (0)::numeric))
) WITH (fillfactor=80);

CREATE TABLE owner_turns (
    owner text NOT NULL,
    turn bigint NOT NULL,
    CONSTRAINT owner_turns_pkey PRIMARY KEY (owner)
) WITH (fillfactor=80);

CREATE TABLE price_board (
    is_only boolean NOT NULL DEFAULT true,
    revision bigint NOT NULL,
    node uuid NOT NULL,
    polled_at timestamp with time zone NOT NULL,
    has_loaded boolean NOT NULL,
    doubted text[] NOT NULL,
    health text NOT NULL,
    told bigint NOT NULL,
    CONSTRAINT price_board_pkey PRIMARY KEY (is_only),
    CONSTRAINT price_board_is_only_check CHECK (is_only)
);

CREATE TABLE price_pairs (
    id integer NOT NULL,
    watched text NOT NULL,
    base text NOT NULL,
    in_use boolean NOT NULL DEFAULT true,
    used_at timestamp with time zone NOT NULL DEFAULT now(),
    taken_by text,
    CONSTRAINT price_pairs_pkey PRIMARY KEY (id),
    CONSTRAINT price_pairs_watched_base_key UNIQUE (watched, base)
);

CREATE TABLE price_points (
    token text NOT NULL,
    at timestamp with time zone NOT NULL,
    usd numeric(38,0) NOT NULL,
    CONSTRAINT price_points_pkey PRIMARY KEY (token, at),
    CONSTRAINT price_points_usd_check CHECK ((usd > (0)::numeric))
);

CREATE TABLE reservations (
    order_id uuid NOT NULL,
    account_id uuid NOT NULL,
    token text NOT NULL,
    initial numeric(39,0) NOT NULL,
    spent numeric(39,0) NOT NULL,
    reserved numeric(39,0) NOT NULL,
    in_flight numeric(39,0) NOT NULL,
    returned numeric(39,0) NOT NULL,
    CONSTRAINT reservations_pkey PRIMARY KEY (order_id, token),
    CONSTRAINT reservations_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id),
    CONSTRAINT reservations_check CHECK ((initial = ((spent + reserved) + returned))),
    CONSTRAINT reservations_check1 CHECK ((in_flight <= reserved)),
    CONSTRAINT reservations_in_flight_check CHECK ((in_flight >= (0)::numeric)),
    CONSTRAINT reservations_initial_check CHECK (((initial > (0)::numeric) AND (initial < '340282366920938463463374607431768211456'::numeric))),
    CONSTRAINT reservations_reserved_check CHECK ((reserved >= (0)::numeric)),
    CONSTRAINT reservations_returned_check CHECK ((returned >= (0)::numeric)),
    CONSTRAINT reservations_spent_check CHECK ((spent >= (0)::numeric))
) WITH (fillfactor=80);

CREATE TABLE schema_migrations (
    number integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone NOT NULL DEFAULT now(),
    expands boolean NOT NULL DEFAULT false,
    CONSTRAINT schema_migrations_pkey PRIMARY KEY (number)
);

CREATE TABLE sends_pause (
    is_one boolean NOT NULL DEFAULT true,
    since timestamp with time zone NOT NULL,
    why text,
    CONSTRAINT sends_pause_pkey PRIMARY KEY (is_one),
    CONSTRAINT sends_pause_is_one_check CHECK (is_one),
    CONSTRAINT sends_pause_why_check CHECK (((char_length(why) >= 1) AND (char_length(why) <= 200)))
);

CREATE TABLE slices (
    order_id uuid NOT NULL,
    number integer NOT NULL,
    amount_in numeric(39,0) NOT NULL,
    trigger text NOT NULL,
    pair_id integer,
    price_min numeric(38,0),
    price_max numeric(38,0),
    not_before timestamp with time zone,
    not_after timestamp with time zone,
    status text NOT NULL,
    reason text,
    wake_at timestamp with time zone,
    wait_side text,
    wait_price numeric(38,0),
    claim_id uuid,
    claimed_at timestamp with time zone,
    lease_until timestamp with time zone,
    watched_price numeric(38,0),
    base_price numeric(38,0),
    price_sources text,
    price_at timestamp with time zone,
    attempts_used integer NOT NULL,
    attempts_max integer NOT NULL,
    unquoted integer NOT NULL,
    was_sent boolean NOT NULL,
    end_as text,
    tx_id text,
    amount_out numeric(39,0),
    block_height bigint,
    block_time timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    below_min integer NOT NULL DEFAULT 0,
    intent_uuid text,
    rate_min numeric(38,0),
    rate_max numeric(38,0),
    planned numeric(39,0),
    any_price_from timestamp with time zone,
    funds_of text,
    unfunded_since timestamp with time zone,
    retries boolean NOT NULL DEFAULT false,
    quote_route text,
    quote_side text,
    quote_rate numeric(38,0),
    origin_nonce bigint,
    trail numeric(38,0),
    watermark_id bigint,
    closes_at timestamp with time zone,
    queue_place bigint,
    calls_of text,
    CONSTRAINT slices_pkey PRIMARY KEY (order_id, number),
    CONSTRAINT slices_are_sound CHECK (slice_is_sound(number, amount_in, trigger, pair_id, price_min, price_max, status, wake_at, wait_side, wait_price, claim_id, attempts_used, attempts_max, unquoted, was_sent, end_as, tx_id, amount_out, ended_at, below_min, intent_uuid, rate_min, rate_max, quote_route, quote_side, quote_rate, origin_nonce, trail, watermark_id)) NOT VALID,
    CONSTRAINT slices_planned_check CHECK ((planned > (0)::numeric)),
    CONSTRAINT slices_stand CHECK (((NOT (closes_at IS DISTINCT FROM
CASE
    WHEN ((status = 'waiting'::text) AND (end_as IS NULL)) THEN not_after
    ELSE NULL::timestamp with time zone
END)) AND
CASE
    WHEN (status = 'executing'::text) THEN ((queue_place IS NOT NULL) OR (lease_until IS NOT NULL))
    ELSE ((queue_place IS NULL) AND (lease_until IS NULL))
END)) NOT VALID
) WITH (fillfactor=27);

CREATE TABLE solvers (
    address text NOT NULL,
    next_nonce bigint NOT NULL,
    fees_hour timestamp with time zone NOT NULL DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone,
    fees numeric NOT NULL DEFAULT 0,
    fees_keyless numeric NOT NULL DEFAULT 0,
    doubted_nonce bigint,
    doubted_since timestamp with time zone,
    CONSTRAINT solvers_pkey PRIMARY KEY (address),
    CONSTRAINT doubted_since_when CHECK (((doubted_nonce IS NULL) = (doubted_since IS NULL))),
    CONSTRAINT solvers_doubted_nonce_check CHECK ((doubted_nonce >= 0)),
    CONSTRAINT solvers_fees_check CHECK ((fees >= (0)::numeric)),
    CONSTRAINT solvers_fees_keyless_check CHECK ((fees_keyless >= (0)::numeric)),
    CONSTRAINT solvers_next_nonce_check CHECK ((next_nonce >= 0))
);

CREATE TABLE store_partition (
    is_one boolean NOT NULL DEFAULT true,
    number integer NOT NULL,
    partitions integer NOT NULL,
    CONSTRAINT store_partition_pkey PRIMARY KEY (is_one),
    CONSTRAINT store_partition_check CHECK ((partitions > number)),
    CONSTRAINT store_partition_is_one_check CHECK (is_one),
    CONSTRAINT store_partition_number_check CHECK ((number >= 0))
);

CREATE TABLE store_probe (
    is_only boolean NOT NULL DEFAULT true,
    at timestamp with time zone NOT NULL,
    CONSTRAINT store_probe_pkey PRIMARY KEY (is_only),
    CONSTRAINT store_probe_is_only_check CHECK (is_only)
);

CREATE TABLE transfers_back (
    origin text NOT NULL,
    origin_nonce bigint NOT NULL,
    tx_id text NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    CONSTRAINT transfers_back_pkey PRIMARY KEY (origin, origin_nonce),
    CONSTRAINT transfers_back_origin_nonce_check CHECK ((origin_nonce >= 0))
);

CREATE TABLE used_messages (
    signer text NOT NULL,
    digest bytea NOT NULL,
    action text NOT NULL,
    used_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    CONSTRAINT used_messages_pkey PRIMARY KEY (signer, digest),
    CONSTRAINT used_messages_digest_check CHECK ((length(digest) = 32))
);

CREATE TABLE vault_lists (
    address_hash bytea NOT NULL,
    body bytea NOT NULL,
    read_at timestamp with time zone NOT NULL,
    CONSTRAINT vault_lists_pkey PRIMARY KEY (address_hash)
);

CREATE TABLE volume_minutes (
    base text NOT NULL,
    quote text NOT NULL,
    minute timestamp with time zone NOT NULL,
    base_units numeric(39,0) NOT NULL,
    quote_units numeric(39,0) NOT NULL,
    CONSTRAINT volume_minutes_pkey PRIMARY KEY (base, quote, minute),
    CONSTRAINT volume_minutes_base_units_check CHECK ((base_units >= (0)::numeric)),
    CONSTRAINT volume_minutes_quote_units_check CHECK ((quote_units >= (0)::numeric))
);

CREATE TABLE watermark_moves (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    watermark_id bigint NOT NULL,
    root bigint NOT NULL,
    price numeric(38,0) NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT watermark_moves_pkey PRIMARY KEY (id)
);

CREATE TABLE watermarks (
    id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY,
    pair_id integer NOT NULL,
    side text NOT NULL,
    unit text NOT NULL,
    root bigint NOT NULL,
    price numeric(38,0) NOT NULL,
    size integer NOT NULL,
    own_nearest numeric(38,0),
    nearest numeric(38,0),
    fires_at numeric(38,0),
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT watermarks_pkey PRIMARY KEY (id),
    CONSTRAINT watermarks_pair_id_fkey FOREIGN KEY (pair_id) REFERENCES price_pairs(id),
    CONSTRAINT watermarks_root_fkey FOREIGN KEY (root) REFERENCES watermarks(id),
    CONSTRAINT watermarks_nearest_check CHECK ((nearest > (0)::numeric)),
    CONSTRAINT watermarks_own_nearest_check CHECK ((own_nearest > (0)::numeric)),
    CONSTRAINT watermarks_price_check CHECK ((price > (0)::numeric)),
    CONSTRAINT watermarks_side_check CHECK ((side = ANY (ARRAY['fall'::text, 'rise'::text]))),
    CONSTRAINT watermarks_size_check CHECK ((size > 0)),
    CONSTRAINT watermarks_unit_check CHECK ((unit = ANY (ARRAY['bps'::text, 'amount'::text])))
);

CREATE TABLE webhook_deliveries (
    endpoint_id uuid NOT NULL,
    position bigint NOT NULL,
    order_id uuid,
    kind text NOT NULL,
    status text NOT NULL DEFAULT 'pending'::text,
    attempts integer NOT NULL DEFAULT 0,
    next_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    tried_at timestamp with time zone,
    took_ms integer,
    answer_status integer,
    answer text,
    error text,
    CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (endpoint_id, "position"),
    CONSTRAINT webhook_deliveries_endpoint_id_fkey FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoints(id) ON DELETE CASCADE,
    CONSTRAINT webhook_deliveries_answer_check CHECK ((length(answer) <= 1024)),
    CONSTRAINT webhook_deliveries_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT webhook_deliveries_position_check CHECK (("position" > 0)),
    CONSTRAINT webhook_deliveries_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text]))),
    CONSTRAINT webhook_deliveries_took_ms_check CHECK ((took_ms >= 0)),
    CONSTRAINT webhook_delivery_next CHECK (((status = 'pending'::text) = (next_at IS NOT NULL)))
);

CREATE TABLE webhook_endpoints (
    id uuid NOT NULL,
    owner text NOT NULL,
    url text NOT NULL,
    kinds text[],
    secret bytea NOT NULL,
    secret_before bytea,
    before_until timestamp with time zone,
    status text NOT NULL DEFAULT 'active'::text,
    disabled_reason text,
    created_at timestamp with time zone NOT NULL,
    position bigint NOT NULL,
    failures integer NOT NULL DEFAULT 0,
    failing_since timestamp with time zone,
    rests_until timestamp with time zone,
    tried_at timestamp with time zone,
    lease_id uuid,
    lease_until timestamp with time zone,
    CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (id),
    CONSTRAINT webhook_endpoint_disabled_for CHECK (((status = 'disabled'::text) = (disabled_reason IS NOT NULL))),
    CONSTRAINT webhook_endpoint_secret_before CHECK (((secret_before IS NULL) = (before_until IS NULL))),
    CONSTRAINT webhook_endpoints_failures_check CHECK ((failures >= 0)),
    CONSTRAINT webhook_endpoints_kinds_check CHECK ((cardinality(kinds) > 0)),
    CONSTRAINT webhook_endpoints_position_check CHECK (("position" >= 0)),
    CONSTRAINT webhook_endpoints_status_check CHECK ((status = ANY (ARRAY['active'::text, 'disabled'::text]))),
    CONSTRAINT webhook_endpoints_url_check CHECK (((length(url) >= 1) AND (length(url) <= 2000)))
);

CREATE TABLE withdrawals (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    token text NOT NULL,
    amount numeric(39,0) NOT NULL,
    recipient text NOT NULL,
    intent_uuid text NOT NULL,
    status text NOT NULL,
    reason text,
    tries integer NOT NULL,
    wake_at timestamp with time zone,
    tx_id text,
    block_height bigint,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    is_final boolean NOT NULL,
    is_called boolean NOT NULL DEFAULT false,
    origin_nonce bigint,
    CONSTRAINT withdrawals_pkey PRIMARY KEY (id),
    CONSTRAINT withdrawals_intent_uuid_key UNIQUE (intent_uuid),
    CONSTRAINT withdrawals_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id),
    CONSTRAINT withdrawals_amount_check CHECK (((amount > (0)::numeric) AND (amount < '340282366920938463463374607431768211456'::numeric))),
    CONSTRAINT withdrawals_check CHECK (((status = 'waiting'::text) = (wake_at IS NOT NULL))),
    CONSTRAINT withdrawals_check1 CHECK (((status = ANY (ARRAY['confirmed'::text, 'failed'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT withdrawals_check2 CHECK (((status = ANY (ARRAY['waiting'::text, 'failed'::text])) OR (tx_id IS NOT NULL))),
    CONSTRAINT withdrawals_check3 CHECK (((NOT is_final) OR (status = ANY (ARRAY['confirmed'::text, 'failed'::text])))),
    CONSTRAINT withdrawals_intent_uuid_check CHECK ((length(intent_uuid) = 36)),
    CONSTRAINT withdrawals_origin_nonce_check CHECK ((origin_nonce >= 0)),
    CONSTRAINT withdrawals_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'sent'::text, 'confirmed'::text, 'failed'::text]))),
    CONSTRAINT withdrawals_tries_check CHECK ((tries >= 0))
);

CREATE TABLE work_leases (
    work text NOT NULL,
    node uuid NOT NULL,
    until timestamp with time zone NOT NULL,
    yields boolean NOT NULL DEFAULT false,
    CONSTRAINT work_leases_pkey PRIMARY KEY (work)
);

CREATE VIEW account_calls AS
 SELECT t.origin,
    t.origin_nonce,
    t.solver,
    t.nonce,
    t.fee,
    t.prepared_at AS sent_at,
    t.status = ANY (ARRAY['confirmed'::text, 'reverted'::text]) AS is_mined,
    t.purpose <> 'fill'::text AND (EXISTS ( SELECT 1
           FROM outgoing_transactions n
          WHERE n.solver = t.solver AND n.nonce = t.nonce AND n.purpose = 'fill'::text AND n.void_as IS NULL AND n.origin = t.origin AND n.origin_nonce <> t.origin_nonce)) AS is_outbid
   FROM outgoing_transactions t
  WHERE t.origin IS NOT NULL AND t.void_as IS NULL
UNION ALL
 SELECT b.origin,
    b.origin_nonce,
    NULL::text AS solver,
    NULL::bigint AS nonce,
    NULL::numeric(39,0) AS fee,
    b.sent_at,
    false AS is_mined,
    false AS is_outbid
   FROM transfers_back b;

CREATE VIEW all_attempts AS
 SELECT attempts.id,
    attempts.order_id,
    attempts.slice_number,
    attempts.kind,
    attempts.status,
    attempts.tx_id,
    attempts.raw,
    attempts.solver,
    attempts.nonce,
    attempts.fee,
    attempts.quoted_amount_out,
    attempts.min_amount_out,
    attempts.prepared_at,
    attempts.sends_count,
    attempts.last_sent_at,
    attempts.reason,
    attempts.amount_out,
    attempts.block_height,
    attempts.settled_at,
    attempts.is_final,
    attempts.raises,
    attempts.seen_height,
    attempts.origin,
    attempts.origin_nonce,
    attempts.void_as,
    attempts.origin_used
   FROM attempts
UNION ALL
 SELECT ended_transactions.id,
    ended_transactions.order_id,
    ended_transactions.slice_number,
    ended_transactions.kind,
    ended_transactions.status,
    ended_transactions.tx_id,
    ended_transactions.raw,
    ended_transactions.solver,
    ended_transactions.nonce,
    ended_transactions.fee,
    ended_transactions.quoted_amount_out,
    ended_transactions.min_amount_out,
    ended_transactions.prepared_at,
    ended_transactions.sends_count,
    ended_transactions.last_sent_at,
    ended_transactions.reason,
    ended_transactions.amount_out,
    ended_transactions.block_height,
    ended_transactions.settled_at,
    ended_transactions.is_final,
    ended_transactions.raises,
    ended_transactions.seen_height,
    ended_transactions.origin,
    ended_transactions.origin_nonce,
    ended_transactions.void_as,
    ended_transactions.origin_used
   FROM ended_transactions;

CREATE VIEW all_curves AS
 SELECT curves.order_id,
    curves.side,
    curves.is_exact_out,
    curves.target,
    curves.pace,
    curves.shape,
    curves.tilt,
    curves.duration_ms,
    curves.discretion,
    curves.patience,
    curves.slices_min,
    curves.clip_max,
    curves.goes_on,
    curves.volume_target,
    curves.volume_max,
    curves.start_at,
    curves.condition,
    curves.condition_expiry,
    curves.limit_price,
    curves.limit_expression,
    curves.is_reverse_limit,
    curves.pauses_outside,
    curves.custom_id,
    curves.labels,
    curves.attempts_max,
    curves.revision,
    curves.activated_at,
    curves.paused_at,
    curves.resumed_at,
    curves.paused_for,
    curves.paused_by,
    curves.resume_when,
    curves.kept,
    curves.knots,
    curves.layout_done,
    curves.layout_count,
    curves.size_max,
    curves.funds,
    curves.released,
    curves.arrival_price,
    curves.departure_price,
    curves.vwap,
    curves.interval_volume,
    curves.wake_at,
    curves.is_watching,
    curves.is_blind,
    curves.amended_at
   FROM curves
UNION ALL
 SELECT ended_curves.order_id,
    ended_curves.side,
    ended_curves.is_exact_out,
    ended_curves.target,
    ended_curves.pace,
    ended_curves.shape,
    ended_curves.tilt,
    ended_curves.duration_ms,
    ended_curves.discretion,
    ended_curves.patience,
    ended_curves.slices_min,
    ended_curves.clip_max,
    ended_curves.goes_on,
    ended_curves.volume_target,
    ended_curves.volume_max,
    ended_curves.start_at,
    ended_curves.condition,
    ended_curves.condition_expiry,
    ended_curves.limit_price,
    ended_curves.limit_expression,
    ended_curves.is_reverse_limit,
    ended_curves.pauses_outside,
    ended_curves.custom_id,
    ended_curves.labels,
    ended_curves.attempts_max,
    ended_curves.revision,
    ended_curves.activated_at,
    ended_curves.paused_at,
    ended_curves.resumed_at,
    ended_curves.paused_for,
    ended_curves.paused_by,
    ended_curves.resume_when,
    ended_curves.kept,
    ended_curves.knots,
    ended_curves.layout_done,
    ended_curves.layout_count,
    ended_curves.size_max,
    ended_curves.funds,
    ended_curves.released,
    ended_curves.arrival_price,
    ended_curves.departure_price,
    ended_curves.vwap,
    ended_curves.interval_volume,
    ended_curves.wake_at,
    ended_curves.is_watching,
    ended_curves.is_blind,
    ended_curves.amended_at
   FROM ended_curves;

CREATE VIEW all_orders AS
 SELECT orders.id,
    orders.uuid,
    orders.dialect,
    orders.owner,
    orders.recipient,
    orders.sell_token,
    orders.buy_token,
    orders.amount_in,
    orders.router,
    orders.chain_id,
    orders.trigger,
    orders.condition_token,
    orders.base_asset,
    orders.direction,
    orders.target_price,
    orders.valid_from,
    orders.valid_to,
    orders.min_amount_out,
    orders.slippage_bps,
    orders.signature,
    orders.terms_signature,
    orders.client_fields,
    orders.status,
    orders.reason,
    orders.created_at,
    orders.ended_at,
    orders.accepts_unprotected,
    orders.funding,
    orders.account,
    orders.interval_count,
    orders.interval_unit,
    orders.keeps_distance,
    orders.attempts_max,
    orders.on_part_failed,
    orders.slippage_from,
    orders.max_deviation_bps,
    orders.price_band_bps,
    orders.is_curve,
    orders.terms_bound,
    orders.parts,
    orders.anchor,
    orders.anchor_part,
    orders.is_rest_released,
    orders.kind,
    orders.public_id,
    orders.revision,
    orders.strategy_id,
    orders.first_terms,
    orders.limit_price,
    orders.is_immediate,
    orders.trailing_bps,
    orders.trailing_amount,
    orders.group_id,
    orders.leg
   FROM orders
UNION ALL
 SELECT ended_orders.id,
    ended_orders.uuid,
    ended_orders.dialect,
    ended_orders.owner,
    ended_orders.recipient,
    ended_orders.sell_token,
    ended_orders.buy_token,
    ended_orders.amount_in,
    ended_orders.router,
    ended_orders.chain_id,
    ended_orders.trigger,
    ended_orders.condition_token,
    ended_orders.base_asset,
    ended_orders.direction,
    ended_orders.target_price,
    ended_orders.valid_from,
    ended_orders.valid_to,
    ended_orders.min_amount_out,
    ended_orders.slippage_bps,
    ended_orders.signature,
    ended_orders.terms_signature,
    ended_orders.client_fields,
    ended_orders.status,
    ended_orders.reason,
    ended_orders.created_at,
    ended_orders.ended_at,
    ended_orders.accepts_unprotected,
    ended_orders.funding,
    ended_orders.account,
    ended_orders.interval_count,
    ended_orders.interval_unit,
    ended_orders.keeps_distance,
    ended_orders.attempts_max,
    ended_orders.on_part_failed,
    ended_orders.slippage_from,
    ended_orders.max_deviation_bps,
    ended_orders.price_band_bps,
    ended_orders.is_curve,
    ended_orders.terms_bound,
    ended_orders.parts,
    ended_orders.anchor,
    ended_orders.anchor_part,
    ended_orders.is_rest_released,
    ended_orders.kind,
    ended_orders.public_id,
    ended_orders.revision,
    ended_orders.strategy_id,
    ended_orders.first_terms,
    ended_orders.limit_price,
    ended_orders.is_immediate,
    ended_orders.trailing_bps,
    ended_orders.trailing_amount,
    ended_orders.group_id,
    ended_orders.leg
   FROM ended_orders;

CREATE VIEW all_slices AS
 SELECT slices.order_id,
    slices.number,
    slices.amount_in,
    slices.trigger,
    slices.pair_id,
    slices.price_min,
    slices.price_max,
    slices.not_before,
    slices.not_after,
    slices.status,
    slices.reason,
    slices.wake_at,
    slices.wait_side,
    slices.wait_price,
    slices.claim_id,
    slices.claimed_at,
    slices.lease_until,
    slices.watched_price,
    slices.base_price,
    slices.price_sources,
    slices.price_at,
    slices.attempts_used,
    slices.attempts_max,
    slices.unquoted,
    slices.was_sent,
    slices.end_as,
    slices.tx_id,
    slices.amount_out,
    slices.block_height,
    slices.block_time,
    slices.created_at,
    slices.ended_at,
    slices.below_min,
    slices.intent_uuid,
    slices.rate_min,
    slices.rate_max,
    slices.planned,
    slices.any_price_from,
    slices.funds_of,
    slices.unfunded_since,
    slices.retries,
    slices.quote_route,
    slices.quote_side,
    slices.quote_rate,
    slices.origin_nonce,
    slices.trail,
    slices.watermark_id,
    slices.closes_at,
    slices.queue_place,
    slices.calls_of
   FROM slices
UNION ALL
 SELECT ended_slices.order_id,
    ended_slices.number,
    ended_slices.amount_in,
    ended_slices.trigger,
    ended_slices.pair_id,
    ended_slices.price_min,
    ended_slices.price_max,
    ended_slices.not_before,
    ended_slices.not_after,
    ended_slices.status,
    ended_slices.reason,
    ended_slices.wake_at,
    ended_slices.wait_side,
    ended_slices.wait_price,
    ended_slices.claim_id,
    ended_slices.claimed_at,
    ended_slices.lease_until,
    ended_slices.watched_price,
    ended_slices.base_price,
    ended_slices.price_sources,
    ended_slices.price_at,
    ended_slices.attempts_used,
    ended_slices.attempts_max,
    ended_slices.unquoted,
    ended_slices.was_sent,
    ended_slices.end_as,
    ended_slices.tx_id,
    ended_slices.amount_out,
    ended_slices.block_height,
    ended_slices.block_time,
    ended_slices.created_at,
    ended_slices.ended_at,
    ended_slices.below_min,
    ended_slices.intent_uuid,
    ended_slices.rate_min,
    ended_slices.rate_max,
    ended_slices.planned,
    ended_slices.any_price_from,
    ended_slices.funds_of,
    ended_slices.unfunded_since,
    ended_slices.retries,
    ended_slices.quote_route,
    ended_slices.quote_side,
    ended_slices.quote_rate,
    ended_slices.origin_nonce,
    ended_slices.trail,
    ended_slices.watermark_id,
    ended_slices.closes_at,
    ended_slices.queue_place,
    ended_slices.calls_of
   FROM ended_slices;

CREATE VIEW all_versions AS
 SELECT outgoing_versions.tx_id,
    outgoing_versions.transaction_id,
    outgoing_versions.raw,
    outgoing_versions.fee,
    outgoing_versions.kind
   FROM outgoing_versions
UNION ALL
 SELECT ended_versions.tx_id,
    ended_versions.transaction_id,
    ended_versions.raw,
    ended_versions.fee,
    ended_versions.kind
   FROM ended_versions;

CREATE VIEW attempts AS
 SELECT outgoing_transactions.id,
    outgoing_transactions.order_id,
    outgoing_transactions.slice_number,
    outgoing_transactions.kind,
    outgoing_transactions.status,
    outgoing_transactions.tx_id,
    outgoing_transactions.raw,
    outgoing_transactions.solver,
    outgoing_transactions.nonce,
    outgoing_transactions.fee,
    outgoing_transactions.quoted_amount_out,
    outgoing_transactions.min_amount_out,
    outgoing_transactions.prepared_at,
    outgoing_transactions.sends_count,
    outgoing_transactions.last_sent_at,
    outgoing_transactions.reason,
    outgoing_transactions.amount_out,
    outgoing_transactions.block_height,
    outgoing_transactions.settled_at,
    outgoing_transactions.is_final,
    outgoing_transactions.raises,
    outgoing_transactions.seen_height,
    outgoing_transactions.origin,
    outgoing_transactions.origin_nonce,
    outgoing_transactions.void_as,
    outgoing_transactions.origin_used
   FROM outgoing_transactions
  WHERE outgoing_transactions.purpose = 'slice'::text;

CREATE INDEX account_entries_by_account ON account_entries USING btree (account_id, id);

CREATE INDEX account_entries_spends ON account_entries USING btree (account_id, token, id) WHERE (kind = ANY (ARRAY['spent'::text, 'withdrawn'::text]));

CREATE INDEX api_key_usage_by_key ON api_key_usage USING btree (key_id, id DESC);

CREATE UNIQUE INDEX api_keys_active_name ON api_keys USING btree (owner, name) WHERE (status = 'active'::text);

CREATE INDEX api_keys_by_owner ON api_keys USING btree (owner, created_at DESC);

CREATE INDEX believed_prices_by_revision ON believed_prices USING btree (revision);

CREATE INDEX cancel_switches_due ON cancel_switches USING btree (fires_at);

CREATE INDEX curves_by_custom_id ON curves USING btree (custom_id) WHERE (custom_id IS NOT NULL);

CREATE INDEX curves_waking ON curves USING btree (wake_at) WHERE (wake_at IS NOT NULL);

CREATE INDEX curves_watching ON curves USING btree (order_id) WHERE is_watching;

CREATE INDEX ended_curves_by_custom_id ON ONLY ended_curves USING btree (custom_id) WHERE (custom_id IS NOT NULL);

CREATE INDEX ended_orders_by_age ON ONLY ended_orders USING btree (created_at DESC, id DESC);

CREATE INDEX ended_orders_by_group ON ONLY ended_orders USING btree (group_id, leg) WHERE (group_id IS NOT NULL);

CREATE INDEX ended_orders_by_owner ON ONLY ended_orders USING btree (owner, created_at DESC, id DESC);

CREATE INDEX ended_orders_by_owner_public_id ON ONLY ended_orders USING btree (owner, dialect, public_id) WHERE (public_id IS NOT NULL);

CREATE INDEX ended_orders_by_public_id ON ONLY ended_orders USING btree (dialect, public_id) WHERE (public_id IS NOT NULL);

CREATE INDEX ended_orders_by_strategy ON ONLY ended_orders USING btree (strategy_id, owner) WHERE (strategy_id IS NOT NULL);

CREATE INDEX ended_transactions_by_slice ON ONLY ended_transactions USING btree (order_id, slice_number, id);

CREATE INDEX ended_transactions_by_tx ON ONLY ended_transactions USING btree (tx_id);

CREATE INDEX ended_versions_by_transaction ON ONLY ended_versions USING btree (transaction_id);

CREATE INDEX event_positions_by_owner ON event_positions USING btree (owner, "position") WHERE (owner IS NOT NULL);

CREATE INDEX group_slots_to_fund ON group_slots USING btree (fund_at) WHERE (fund_at IS NOT NULL);

CREATE INDEX idempotency_keys_by_age ON idempotency_keys USING btree (created_at);

CREATE INDEX order_events_by_order ON order_events USING btree (order_id, id);

CREATE INDEX order_events_by_xid ON order_events USING btree (xid);

CREATE INDEX order_ids_by_public_id ON order_ids USING btree (dialect, public_id) WHERE (public_id IS NOT NULL);

CREATE INDEX order_ids_to_move ON order_ids USING btree (try_at) WHERE (try_at IS NOT NULL);

CREATE INDEX orders_by_age ON orders USING btree (created_at DESC, id DESC);

CREATE UNIQUE INDEX orders_by_group ON orders USING btree (group_id, leg) WHERE (group_id IS NOT NULL);

CREATE INDEX orders_by_owner ON orders USING btree (owner, created_at DESC, id DESC);

CREATE INDEX orders_by_owner_public_id ON orders USING btree (owner, dialect, public_id) WHERE (public_id IS NOT NULL);

CREATE UNIQUE INDEX orders_by_public_id ON orders USING btree (dialect, public_id) WHERE (public_id IS NOT NULL);

CREATE INDEX orders_by_strategy ON orders USING btree (strategy_id, owner) WHERE (strategy_id IS NOT NULL);

CREATE INDEX orders_open_by_owner ON orders USING btree (owner) WHERE (status = ANY (ARRAY['open'::text, 'paused'::text, 'cancelling'::text]));

CREATE INDEX attempts_by_slice ON outgoing_transactions USING btree (order_id, slice_number, id);

CREATE UNIQUE INDEX outgoing_alive ON outgoing_transactions USING btree (order_id, slice_number) WHERE (NOT is_final);

CREATE UNIQUE INDEX outgoing_alive_of_withdrawal ON outgoing_transactions USING btree (withdrawal_id) WHERE ((withdrawal_id IS NOT NULL) AND (NOT is_final));

CREATE INDEX outgoing_by_origin ON outgoing_transactions USING btree (origin, origin_nonce) WHERE (origin IS NOT NULL);

CREATE UNIQUE INDEX outgoing_holds_nonce ON outgoing_transactions USING btree (solver, nonce, (
CASE
    WHEN (purpose = 'fill'::text) THEN id
    ELSE (0)::bigint
END)) WHERE (void_as IS NULL);

CREATE UNIQUE INDEX outgoing_known_tx ON outgoing_transactions USING btree (tx_id) WHERE (void_as IS DISTINCT FROM 'rejected'::text);

CREATE INDEX outgoing_of_payer ON outgoing_transactions USING btree (solver, nonce) WHERE (NOT is_final);

CREATE INDEX outgoing_unsettled ON outgoing_transactions USING btree (id) WHERE (NOT is_final);

CREATE UNIQUE INDEX outgoing_used_origin ON outgoing_transactions USING btree (origin, origin_used) WHERE (origin_used IS NOT NULL);

CREATE INDEX outgoing_versions_by_transaction ON outgoing_versions USING btree (transaction_id);

CREATE INDEX price_points_by_time ON price_points USING btree (at);

CREATE INDEX reservations_open ON reservations USING btree (account_id, token) WHERE (reserved > (0)::numeric);

CREATE INDEX slices_by_calls ON slices USING btree (calls_of, wake_at, order_id) WHERE ((calls_of IS NOT NULL) AND (wake_at IS NOT NULL));

CREATE INDEX slices_by_close ON slices USING btree (closes_at) WHERE (closes_at IS NOT NULL);

CREATE INDEX slices_by_funds ON slices USING btree (funds_of, wake_at) WHERE ((funds_of IS NOT NULL) AND (wake_at IS NOT NULL));

CREATE UNIQUE INDEX slices_by_intent ON slices USING btree (intent_uuid) WHERE (intent_uuid IS NOT NULL);

CREATE INDEX slices_by_lease ON slices USING btree (lease_until) WHERE (lease_until IS NOT NULL);

CREATE INDEX slices_by_place ON slices USING btree (queue_place, claimed_at, order_id) WHERE (queue_place IS NOT NULL);

CREATE INDEX slices_by_watermark ON slices USING btree (watermark_id) WHERE (watermark_id IS NOT NULL);

CREATE INDEX slices_falling ON slices USING btree (pair_id, wait_price DESC, created_at, order_id, number) WHERE (wait_side = 'fall'::text);

CREATE INDEX slices_in_watermark ON slices USING btree (watermark_id, wait_price) WHERE (wait_side = 'trail'::text);

CREATE INDEX slices_quoting ON slices USING btree (quote_route, quote_side, quote_rate, created_at, order_id, number) WHERE (quote_route IS NOT NULL);

CREATE INDEX slices_rising ON slices USING btree (pair_id, wait_price, created_at, order_id, number) WHERE (wait_side = 'rise'::text);

CREATE INDEX slices_trailing ON slices USING btree (pair_id, wait_price) WHERE (wait_side = 'trail'::text);

CREATE INDEX slices_unasked ON slices USING btree (quote_route, claimed_at) WHERE (quote_route IS NOT NULL);

CREATE INDEX slices_waking ON slices USING btree (wake_at, created_at) WHERE (wake_at IS NOT NULL);

CREATE INDEX used_messages_by_expiry ON used_messages USING btree (expires_at) WHERE (expires_at IS NOT NULL);

CREATE INDEX watermark_moves_into ON watermark_moves USING btree (root) WHERE (root <> watermark_id);

CREATE INDEX watermark_moves_of ON watermark_moves USING btree (watermark_id, id);

CREATE INDEX watermarks_best ON watermarks USING btree (pair_id, side, price) WHERE (root = id);

CREATE INDEX watermarks_firing ON watermarks USING btree (pair_id, side, fires_at) WHERE (root = id);

CREATE INDEX watermarks_together ON watermarks USING btree (root, own_nearest);

CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries USING btree (tried_at) WHERE (status <> 'pending'::text);

CREATE INDEX webhook_deliveries_by_order ON webhook_deliveries USING btree (endpoint_id, order_id, "position") WHERE (status = 'pending'::text);

CREATE INDEX webhook_deliveries_due ON webhook_deliveries USING btree (endpoint_id, next_at) WHERE (status = 'pending'::text);

CREATE INDEX webhook_endpoints_by_owner ON webhook_endpoints USING btree (owner, created_at);

CREATE INDEX withdrawals_by_account ON withdrawals USING btree (account_id, created_at DESC, id DESC);

CREATE INDEX withdrawals_open ON withdrawals USING btree (account_id, token) WHERE (status = ANY (ARRAY['waiting'::text, 'sent'::text]));

CREATE INDEX withdrawals_unsettled ON withdrawals USING btree (id) WHERE ((NOT is_final) AND (status <> 'waiting'::text));

CREATE INDEX withdrawals_waiting ON withdrawals USING btree (wake_at) WHERE (status = 'waiting'::text);
