-- at 2026-03-04T12:12:01.000Z
-- How this was made: README.md beside it.
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE SCHEMA simulator;
CREATE FUNCTION public.number_order() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO order_numbers (order_id, owner) VALUES (NEW.id, NEW.owner);
    RETURN NULL;
END $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.orders (
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
    signature text,
    terms_signature text,
    client_fields json,
    status text NOT NULL,
    reason text,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    accepts_unprotected boolean DEFAULT false NOT NULL,
    funding text DEFAULT 'signed'::text NOT NULL,
    account text,
    interval_count integer,
    interval_unit text,
    keeps_distance boolean DEFAULT false NOT NULL,
    attempts_max integer,
    on_part_failed text DEFAULT 'continue'::text NOT NULL,
    slippage_from text DEFAULT 'quote'::text NOT NULL
);
CREATE FUNCTION public.order_is_sound(o public.orders) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE
    AS $$
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
CREATE TABLE public.slices (
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
    below_min integer DEFAULT 0 NOT NULL,
    intent_uuid text,
    rate_min numeric(38,0),
    rate_max numeric(38,0)
);
CREATE FUNCTION public.slice_is_sound(s public.slices) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE
    AS $$
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
CREATE TABLE public.account_entries (
    id bigint NOT NULL,
    account_id uuid NOT NULL,
    token text NOT NULL,
    order_id uuid,
    slice_number integer,
    withdrawal_id uuid,
    kind text NOT NULL,
    amount numeric(39,0) NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT account_entries_amount_check CHECK ((amount > (0)::numeric)),
    CONSTRAINT account_entries_check CHECK (((order_id IS NULL) <> (withdrawal_id IS NULL))),
    CONSTRAINT account_entries_kind_check CHECK ((kind = ANY (ARRAY['reserved'::text, 'started'::text, 'given_back'::text, 'spent'::text, 'taken_back'::text, 'returned'::text, 'withdrawing'::text, 'withdrawn'::text, 'withdrawal_taken_back'::text, 'withdrawal_returned'::text])))
);
ALTER TABLE public.account_entries ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.account_entries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.account_keys (
    account_id uuid NOT NULL,
    key_id text NOT NULL,
    nonce bytea NOT NULL,
    ciphertext bytea NOT NULL,
    CONSTRAINT account_keys_ciphertext_check CHECK ((length(ciphertext) = 48)),
    CONSTRAINT account_keys_key_id_check CHECK ((length(key_id) = 16)),
    CONSTRAINT account_keys_nonce_check CHECK ((length(nonce) = 12))
);
CREATE TABLE public.accounts (
    id uuid NOT NULL,
    owner text NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT accounts_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);
CREATE TABLE public.api_key_usage (
    id bigint NOT NULL,
    key_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    status integer NOT NULL
);
ALTER TABLE public.api_key_usage ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.api_key_usage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.api_key_windows (
    key_id uuid NOT NULL,
    minute_start timestamp with time zone NOT NULL,
    minute_count integer NOT NULL,
    hour_start timestamp with time zone NOT NULL,
    hour_count integer NOT NULL,
    day_start timestamp with time zone NOT NULL,
    day_count integer NOT NULL
);
CREATE TABLE public.api_keys (
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
    CONSTRAINT api_keys_key_hash_check CHECK ((length(key_hash) = 64)),
    CONSTRAINT api_keys_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT api_keys_permissions_check CHECK ((((cardinality(permissions) >= 1) AND (cardinality(permissions) <= 4)) AND (permissions <@ ARRAY['create'::text, 'execute'::text, 'cancel'::text, 'accounts'::text]))),
    CONSTRAINT api_keys_rate_per_minute_check CHECK ((rate_per_minute > 0)),
    CONSTRAINT api_keys_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'revoked'::text])))
);
CREATE TABLE public.attempt_versions (
    tx_id text NOT NULL,
    attempt_id bigint NOT NULL,
    raw bytea NOT NULL,
    fee numeric(39,0) NOT NULL,
    CONSTRAINT attempt_versions_fee_check CHECK ((fee >= (0)::numeric))
);
CREATE TABLE public.attempts (
    id bigint NOT NULL,
    order_id uuid NOT NULL,
    slice_number integer NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    tx_id text NOT NULL,
    raw bytea NOT NULL,
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
    raises integer DEFAULT 0 NOT NULL,
    CONSTRAINT attempts_fee_check CHECK ((fee >= (0)::numeric)),
    CONSTRAINT attempts_kind_check CHECK ((kind = ANY (ARRAY['swap'::text, 'spend'::text]))),
    CONSTRAINT attempts_nonce_check CHECK ((nonce >= 0)),
    CONSTRAINT attempts_raises_check CHECK ((raises >= 0)),
    CONSTRAINT attempts_sends_count_check CHECK ((sends_count > 0)),
    CONSTRAINT attempts_status_check CHECK ((status = ANY (ARRAY['prepared'::text, 'sent'::text, 'confirmed'::text, 'reverted'::text, 'rejected'::text, 'replaced'::text])))
);
ALTER TABLE public.attempts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.attempts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.free_nonces (
    solver text NOT NULL,
    nonce bigint NOT NULL,
    freed_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.idempotency_keys (
    scope text NOT NULL,
    key text NOT NULL,
    id uuid NOT NULL,
    fingerprint bytea NOT NULL,
    leased_until timestamp with time zone,
    content_type text,
    answer bytea,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT idempotency_keys_check CHECK (((leased_until IS NULL) = (answer IS NOT NULL))),
    CONSTRAINT idempotency_keys_fingerprint_check CHECK ((length(fingerprint) = 32))
);
CREATE TABLE public.master_key (
    is_only boolean DEFAULT true NOT NULL,
    key_id text NOT NULL,
    check_value bytea NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT master_key_check_value_check CHECK ((length(check_value) = 32)),
    CONSTRAINT master_key_is_only_check CHECK (is_only),
    CONSTRAINT master_key_key_id_check CHECK ((length(key_id) = 16))
);
CREATE TABLE public.nonce_fills (
    tx_id text NOT NULL,
    solver text NOT NULL,
    nonce bigint NOT NULL,
    raw bytea NOT NULL,
    fee numeric(39,0) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    last_sent_at timestamp with time zone NOT NULL,
    CONSTRAINT nonce_fills_fee_check CHECK ((fee >= (0)::numeric)),
    CONSTRAINT nonce_fills_nonce_check CHECK ((nonce >= 0))
);
CREATE TABLE public.order_events (
    id bigint NOT NULL,
    order_id uuid NOT NULL,
    slice_number integer,
    kind text NOT NULL,
    at timestamp with time zone NOT NULL,
    detail json
);
ALTER TABLE public.order_events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.order_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.order_numbers (
    number integer NOT NULL,
    order_id uuid NOT NULL,
    owner text NOT NULL
);
ALTER TABLE public.order_numbers ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.order_numbers_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.price_pairs (
    id integer NOT NULL,
    watched text NOT NULL,
    base text NOT NULL
);
ALTER TABLE public.price_pairs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.price_pairs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.price_points (
    token text NOT NULL,
    at timestamp with time zone NOT NULL,
    usd numeric(38,0) NOT NULL,
    CONSTRAINT price_points_usd_check CHECK ((usd > (0)::numeric))
);
CREATE TABLE public.reservations (
    order_id uuid NOT NULL,
    account_id uuid NOT NULL,
    token text NOT NULL,
    initial numeric(39,0) NOT NULL,
    spent numeric(39,0) NOT NULL,
    reserved numeric(39,0) NOT NULL,
    in_flight numeric(39,0) NOT NULL,
    returned numeric(39,0) NOT NULL,
    CONSTRAINT reservations_check CHECK ((initial = ((spent + reserved) + returned))),
    CONSTRAINT reservations_check1 CHECK ((in_flight <= reserved)),
    CONSTRAINT reservations_in_flight_check CHECK ((in_flight >= (0)::numeric)),
    CONSTRAINT reservations_initial_check CHECK (((initial > (0)::numeric) AND (initial < '340282366920938463463374607431768211456'::numeric))),
    CONSTRAINT reservations_reserved_check CHECK ((reserved >= (0)::numeric)),
    CONSTRAINT reservations_returned_check CHECK ((returned >= (0)::numeric)),
    CONSTRAINT reservations_spent_check CHECK ((spent >= (0)::numeric))
)
WITH (fillfactor='80');
CREATE TABLE public.schema_migrations (
    number integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.solvers (
    address text NOT NULL,
    next_nonce bigint NOT NULL,
    CONSTRAINT solvers_next_nonce_check CHECK ((next_nonce >= 0))
);
CREATE TABLE public.used_messages (
    signer text NOT NULL,
    digest bytea NOT NULL,
    action text NOT NULL,
    used_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    CONSTRAINT used_messages_digest_check CHECK ((length(digest) = 32))
);
CREATE TABLE public.vault_lists (
    address_hash bytea NOT NULL,
    body bytea NOT NULL,
    read_at timestamp with time zone NOT NULL
);
CREATE TABLE public.withdrawal_transactions (
    id bigint NOT NULL,
    withdrawal_id uuid NOT NULL,
    tx_id text NOT NULL,
    raw bytea NOT NULL,
    solver text NOT NULL,
    nonce bigint NOT NULL,
    fee numeric(39,0) NOT NULL,
    is_live boolean NOT NULL,
    is_rejected boolean NOT NULL,
    sends_count integer NOT NULL,
    prepared_at timestamp with time zone NOT NULL,
    last_sent_at timestamp with time zone NOT NULL,
    CONSTRAINT withdrawal_transactions_check CHECK ((NOT (is_live AND is_rejected))),
    CONSTRAINT withdrawal_transactions_fee_check CHECK ((fee >= (0)::numeric)),
    CONSTRAINT withdrawal_transactions_nonce_check CHECK ((nonce >= 0)),
    CONSTRAINT withdrawal_transactions_sends_count_check CHECK ((sends_count > 0))
);
ALTER TABLE public.withdrawal_transactions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.withdrawal_transactions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.withdrawals (
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
    CONSTRAINT withdrawals_amount_check CHECK (((amount > (0)::numeric) AND (amount < '340282366920938463463374607431768211456'::numeric))),
    CONSTRAINT withdrawals_check CHECK (((status = 'waiting'::text) = (wake_at IS NOT NULL))),
    CONSTRAINT withdrawals_check1 CHECK (((status = ANY (ARRAY['confirmed'::text, 'failed'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT withdrawals_check2 CHECK (((status = ANY (ARRAY['waiting'::text, 'failed'::text])) OR (tx_id IS NOT NULL))),
    CONSTRAINT withdrawals_check3 CHECK (((NOT is_final) OR (status = ANY (ARRAY['confirmed'::text, 'failed'::text])))),
    CONSTRAINT withdrawals_intent_uuid_check CHECK ((length(intent_uuid) = 36)),
    CONSTRAINT withdrawals_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'sent'::text, 'confirmed'::text, 'failed'::text]))),
    CONSTRAINT withdrawals_tries_check CHECK ((tries >= 0))
);
CREATE TABLE simulator.accounts (
    address text NOT NULL,
    token text NOT NULL,
    balance numeric(39,0) NOT NULL,
    CONSTRAINT accounts_balance_check CHECK (((balance >= (0)::numeric) AND (balance < '340282366920938463463374607431768211456'::numeric)))
);
CREATE TABLE simulator.blocks (
    height bigint NOT NULL,
    mined_at timestamp with time zone NOT NULL,
    size integer NOT NULL,
    CONSTRAINT blocks_height_check CHECK ((height > 0)),
    CONSTRAINT blocks_size_check CHECK ((size > 0))
);
CREATE TABLE simulator.mempool (
    solver text NOT NULL,
    nonce bigint NOT NULL,
    tx_id text NOT NULL,
    raw bytea NOT NULL,
    fee numeric(39,0) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    CONSTRAINT mempool_fee_check CHECK (((fee >= (0)::numeric) AND (fee < '340282366920938463463374607431768211456'::numeric))),
    CONSTRAINT mempool_nonce_check CHECK ((nonce >= 0))
);
CREATE TABLE simulator.nonces (
    address text NOT NULL,
    next_nonce bigint NOT NULL,
    CONSTRAINT nonces_next_nonce_check CHECK ((next_nonce >= 0))
);
CREATE TABLE simulator.pinned_prices (
    token text NOT NULL,
    usd numeric(38,0) NOT NULL,
    pinned_at timestamp with time zone NOT NULL,
    CONSTRAINT pinned_prices_usd_check CHECK ((usd > (0)::numeric))
);
CREATE TABLE simulator.pools (
    id text NOT NULL,
    token_a text NOT NULL,
    token_b text NOT NULL,
    reserve_a numeric(39,0) NOT NULL,
    reserve_b numeric(39,0) NOT NULL,
    CONSTRAINT pools_reserve_a_check CHECK (((reserve_a > (0)::numeric) AND (reserve_a < '340282366920938463463374607431768211456'::numeric))),
    CONSTRAINT pools_reserve_b_check CHECK (((reserve_b > (0)::numeric) AND (reserve_b < '340282366920938463463374607431768211456'::numeric)))
);
CREATE TABLE simulator.swaps (
    id bigint NOT NULL,
    uuid text NOT NULL,
    owner text NOT NULL,
    token_in text NOT NULL,
    amount_in numeric(39,0) NOT NULL,
    token_out text NOT NULL,
    amount_out numeric(39,0) NOT NULL,
    recipient text NOT NULL,
    tx_id text NOT NULL,
    block_height bigint NOT NULL,
    CONSTRAINT swaps_amount_in_check CHECK (((amount_in > (0)::numeric) AND (amount_in < '340282366920938463463374607431768211456'::numeric))),
    CONSTRAINT swaps_amount_out_check CHECK (((amount_out > (0)::numeric) AND (amount_out < '340282366920938463463374607431768211456'::numeric)))
);
ALTER TABLE simulator.swaps ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME simulator.swaps_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE simulator.transactions (
    tx_id text NOT NULL,
    solver text NOT NULL,
    nonce bigint NOT NULL,
    status text NOT NULL,
    amount_out numeric(39,0),
    reason text,
    uuid_used boolean NOT NULL,
    block_height bigint,
    block_time timestamp with time zone,
    CONSTRAINT transactions_amount_out_check CHECK (((amount_out >= (0)::numeric) AND (amount_out < '340282366920938463463374607431768211456'::numeric))),
    CONSTRAINT transactions_check CHECK (((status = 'replaced'::text) = (block_height IS NULL))),
    CONSTRAINT transactions_check1 CHECK (((block_height IS NULL) = (block_time IS NULL))),
    CONSTRAINT transactions_check2 CHECK (((status = 'succeeded'::text) = (amount_out IS NOT NULL))),
    CONSTRAINT transactions_check3 CHECK (((status = 'aborted'::text) = (reason IS NOT NULL))),
    CONSTRAINT transactions_nonce_check CHECK ((nonce >= 0)),
    CONSTRAINT transactions_status_check CHECK ((status = ANY (ARRAY['succeeded'::text, 'aborted'::text, 'replaced'::text])))
);
CREATE TABLE simulator.used_uuids (
    uuid text NOT NULL,
    tx_id text NOT NULL
);
INSERT INTO public.account_entries OVERRIDING SYSTEM VALUE VALUES
	(1, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', NULL, NULL, 'reserved', 2000000, '2026-03-04 12:05:30+00'),
	(2, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 1, NULL, 'started', 1000000, '2026-03-04 12:05:30+00'),
	(3, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 1, NULL, 'spent', 1000000, '2026-03-04 12:05:30+00'),
	(4, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 2, NULL, 'started', 1000000, '2026-03-04 12:06:30+00'),
	(5, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 2, NULL, 'spent', 1000000, '2026-03-04 12:06:30+00'),
	(6, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'c2d7cc03-9614-4d35-a8a2-93f363d21551', NULL, NULL, 'reserved', 12000000, '2026-03-04 12:07:30+00'),
	(7, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'c2d7cc03-9614-4d35-a8a2-93f363d21551', 1, NULL, 'returned', 3000000, '2026-03-04 12:07:30+00'),
	(8, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'c2d7cc03-9614-4d35-a8a2-93f363d21551', 2, NULL, 'returned', 3000000, '2026-03-04 12:07:30+00'),
	(9, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'c2d7cc03-9614-4d35-a8a2-93f363d21551', 3, NULL, 'returned', 3000000, '2026-03-04 12:07:30+00'),
	(10, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'c2d7cc03-9614-4d35-a8a2-93f363d21551', 4, NULL, 'returned', 3000000, '2026-03-04 12:07:30+00'),
	(11, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', NULL, NULL, 'reserved', 5000003, '2026-03-04 12:07:30+00'),
	(12, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 1, NULL, 'started', 1000000, '2026-03-04 12:07:30+00'),
	(13, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 1, NULL, 'spent', 1000000, '2026-03-04 12:07:30+00'),
	(14, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 2, NULL, 'started', 1000000, '2026-03-04 12:08:30+00'),
	(15, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 2, NULL, 'spent', 1000000, '2026-03-04 12:08:30+00'),
	(16, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '6c1d99b8-c6cb-47d1-b0ec-6c8b7c1bb19a', NULL, NULL, 'reserved', 3000000, '2026-03-04 12:09:30+00'),
	(17, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '2fe36e1a-1720-4301-b1f0-fe15335b2057', NULL, NULL, 'reserved', 1000000, '2026-03-04 12:09:30+00'),
	(18, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '97b9e7b0-e415-46f3-bef7-6f79dd29a7f9', NULL, NULL, 'reserved', 1000000, '2026-03-04 12:09:30+00'),
	(19, 'c2c6d822-db67-4a1b-bf1e-7c438a94ebca', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '7cbd61b9-1e0f-405c-8fd4-7952948df902', NULL, NULL, 'reserved', 3000000, '2026-03-04 12:09:30+00'),
	(20, 'c2c6d822-db67-4a1b-bf1e-7c438a94ebca', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '7cbd61b9-1e0f-405c-8fd4-7952948df902', 1, NULL, 'started', 1000000, '2026-03-04 12:09:30+00'),
	(21, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 3, NULL, 'started', 1000000, '2026-03-04 12:09:30+00'),
	(22, 'c2c6d822-db67-4a1b-bf1e-7c438a94ebca', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '7cbd61b9-1e0f-405c-8fd4-7952948df902', 1, NULL, 'spent', 1000000, '2026-03-04 12:09:30+00'),
	(23, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 3, NULL, 'spent', 1000000, '2026-03-04 12:09:30+00'),
	(24, 'c2c6d822-db67-4a1b-bf1e-7c438a94ebca', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'b8b99e4e-0c82-43d5-8e83-e70a7f5180b9', NULL, NULL, 'reserved', 3000000, '2026-03-04 12:10:31+00'),
	(25, 'c2c6d822-db67-4a1b-bf1e-7c438a94ebca', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '7cbd61b9-1e0f-405c-8fd4-7952948df902', 2, NULL, 'started', 1000000, '2026-03-04 12:10:31+00'),
	(26, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 4, NULL, 'started', 1000000, '2026-03-04 12:10:31+00'),
	(27, 'c2c6d822-db67-4a1b-bf1e-7c438a94ebca', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '7cbd61b9-1e0f-405c-8fd4-7952948df902', 2, NULL, 'spent', 1000000, '2026-03-04 12:10:31+00'),
	(28, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 4, NULL, 'spent', 1000000, '2026-03-04 12:10:31+00'),
	(29, 'c2c6d822-db67-4a1b-bf1e-7c438a94ebca', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '7cbd61b9-1e0f-405c-8fd4-7952948df902', 3, NULL, 'started', 1000000, '2026-03-04 12:11:31+00'),
	(30, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 5, NULL, 'started', 1000003, '2026-03-04 12:11:31+00'),
	(31, 'c2c6d822-db67-4a1b-bf1e-7c438a94ebca', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '7cbd61b9-1e0f-405c-8fd4-7952948df902', 3, NULL, 'spent', 1000000, '2026-03-04 12:11:31+00'),
	(32, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 5, NULL, 'spent', 1000003, '2026-03-04 12:11:31+00'),
	(33, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '00cd2b16-8efc-4f33-a4c8-e484d7d33496', NULL, NULL, 'reserved', 12000000, '2026-03-04 12:12:01+00'),
	(34, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '00cd2b16-8efc-4f33-a4c8-e484d7d33496', 1, NULL, 'started', 4000000, '2026-03-04 12:12:01+00'),
	(35, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '00cd2b16-8efc-4f33-a4c8-e484d7d33496', 2, NULL, 'returned', 4000000, '2026-03-04 12:12:01+00'),
	(36, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '00cd2b16-8efc-4f33-a4c8-e484d7d33496', 3, NULL, 'returned', 4000000, '2026-03-04 12:12:01+00'),
	(37, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', NULL, NULL, 'a96f35e1-70d7-463a-bc75-d29c8ec1c9b7', 'withdrawing', 1000000, '2026-03-04 12:12:01+00'),
	(38, 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', NULL, NULL, '3b95ab82-3521-4b51-8fea-596f6bf9d3ab', 'withdrawing', 2000000, '2026-03-04 12:12:01+00');
INSERT INTO public.account_keys VALUES
	('b658d161-3293-43b2-a486-21967f7f6a91', '8730f20982bbeacf', '\x77207c260e1ca2d46f497920', '\xae44a99dc07bd4cbaa73c3a215ecb021f41f15f8d2cf7600e1a566bc08becd1c289fa0565aec263ad4b4f5f0a46afd93'),
	('c2c6d822-db67-4a1b-bf1e-7c438a94ebca', '8730f20982bbeacf', '\xf23a5cb3abf7f303ac4ed685', '\xc6836403d76b4dee0c7218b7495d54595d343aeb3fb59fe7862f2b0e69c4c581000964bc89430d92f247e78022496946');
INSERT INTO public.accounts VALUES
	('b658d161-3293-43b2-a486-21967f7f6a91', 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'dca', 'ST1A0N1HHTNB01STTZRZH57YFV27MDG3VG26333ES', '2026-03-04 12:00:00+00'),
	('c2c6d822-db67-4a1b-bf1e-7c438a94ebca', 'ST3Y74M5227FDVHREWPH773F5Y1W1ED8WXXVB0G1S', 'strategies', 'ST1E6F93P3W2R9BGQ6R1EY44A81VGFJA8CVPZZYG4', '2026-03-04 12:09:30+00');
INSERT INTO public.api_key_usage OVERRIDING SYSTEM VALUE VALUES
	(1, 'e97108d4-b850-44e5-a616-a648212a48a6', '2026-03-04 12:00:00+00', 'POST', '/api/v1/accounts', 200),
	(2, 'e97108d4-b850-44e5-a616-a648212a48a6', '2026-03-04 12:05:30+00', 'POST', '/dca/v1/createOrder', 200),
	(3, 'e97108d4-b850-44e5-a616-a648212a48a6', '2026-03-04 12:07:30+00', 'POST', '/dca/v1/createOrder', 200),
	(4, 'e97108d4-b850-44e5-a616-a648212a48a6', '2026-03-04 12:07:30+00', 'POST', '/dca/v1/cancelOrder', 200),
	(5, 'e97108d4-b850-44e5-a616-a648212a48a6', '2026-03-04 12:07:30+00', 'POST', '/dca/v1/createOrder', 200),
	(6, 'e97108d4-b850-44e5-a616-a648212a48a6', '2026-03-04 12:09:30+00', 'POST', '/dca/v1/createOrder', 200),
	(7, 'e97108d4-b850-44e5-a616-a648212a48a6', '2026-03-04 12:09:30+00', 'POST', '/limit/v1/createOrder', 200),
	(8, 'e97108d4-b850-44e5-a616-a648212a48a6', '2026-03-04 12:09:30+00', 'POST', '/limit/v1/createOrder', 200),
	(9, 'e97108d4-b850-44e5-a616-a648212a48a6', '2026-03-04 12:12:01+00', 'POST', '/dca/v1/createOrder', 200),
	(10, 'e97108d4-b850-44e5-a616-a648212a48a6', '2026-03-04 12:12:01+00', 'POST', '/dca/v1/cancelOrder', 200),
	(11, 'e97108d4-b850-44e5-a616-a648212a48a6', '2026-03-04 12:12:01+00', 'GET', '/api/v1/accounts', 200),
	(12, 'e97108d4-b850-44e5-a616-a648212a48a6', '2026-03-04 12:12:01+00', 'POST', '/api/v1/accounts/b658d161329343b2a48621967f7f6a91/withdraw', 200),
	(13, 'e97108d4-b850-44e5-a616-a648212a48a6', '2026-03-04 12:12:01+00', 'GET', '/api/v1/accounts', 200),
	(14, 'e97108d4-b850-44e5-a616-a648212a48a6', '2026-03-04 12:12:01+00', 'POST', '/api/v1/accounts/b658d161329343b2a48621967f7f6a91/withdraw', 200);
INSERT INTO public.api_key_windows VALUES
	('e97108d4-b850-44e5-a616-a648212a48a6', '2026-03-04 12:12:00+00', 6, '2026-03-04 12:00:00+00', 14, '2026-03-04 00:00:00+00', 14);
INSERT INTO public.api_keys VALUES
	('e97108d4-b850-44e5-a616-a648212a48a6', 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'key 5a6e812726a8400bb37a5d85d40c098b', '409b1a9d32decefb88acef11d0ad55b17d343db01268bc4ffb1e9c4534c0660a', 'ck_live_••••••••••••9cf5', '{create,execute,cancel,accounts}', 'active', 100000, '2026-03-04 12:00:00+00', NULL, '2026-03-04 12:12:01+00', NULL, 14, 0, 7, 0, 2);
INSERT INTO public.attempts OVERRIDING SYSTEM VALUE VALUES
	(1, 'ada5dd0c-d49c-45fc-9af1-570f3b72e30a', 1, 'swap', 'confirmed', 'a41a628bca9832d71fea957c768e2b2a60b8eab09d4fff60dbf2d02f6b804845', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a302c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e6368617269736d612d746f6b656e2d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2261646135646430632d643439632d343566632d396166312d353730663362373265333061222c22636861696e223a323134373438333634382c226f776e6572223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c227369676e6174757265223a2263366432653765303832656666306462373138643536356163376536383933343835623130313661636462356135393436346665363237633264346235366430353865356361373034346535386465326432663633656661313530626637373838633863373565636565363662363736636631386365333364313962623035333031222c2273776170223a7b22726563697069656e74223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c22627579223a222e737478222c226d696e223a223631383639222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d6368617269736d612d746f6b656e2d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d636861222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 0, 3000, 62493, 61869, '2026-03-04 12:00:00+00', 1, '2026-03-04 12:00:00+00', NULL, 62493, 1, '2026-03-04 12:00:00+00', true, 0),
	(2, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'swap', 'reverted', '9304fd7d026cc6a3b1e9328da0dfabe7133fb5d712fb74c6ab36cd090d538f89', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a312c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e6368617269736d612d746f6b656e2d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2232653139333461622d613838302d343761622d613661652d343835366537633938636365222c22636861696e223a323134373438333634382c226f776e6572223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c227369676e6174757265223a2264356562663538383364393635643063363764333432366133336665656634373235666431633238363830643063663730346632363233323735373866356639326339346263613661316436643930366634373430356663323434356464666261366530633865653534313832313835386137326138353035623261386564323030222c2273776170223a7b22726563697069656e74223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c22627579223a222e737478222c226d696e223a223631383639222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d6368617269736d612d746f6b656e2d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d636861222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 1, 3000, 62493, 61869, '2026-03-04 12:01:00+00', 1, '2026-03-04 12:01:00+00', 'insufficient_balance', NULL, NULL, '2026-03-04 12:01:00+00', true, 0),
	(3, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'swap', 'reverted', 'ae6a75684240b3901a2d12c3ea41957f29faa57310469baf75f328b5ae623c7c', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a322c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e6368617269736d612d746f6b656e2d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2232653139333461622d613838302d343761622d613661652d343835366537633938636365222c22636861696e223a323134373438333634382c226f776e6572223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c227369676e6174757265223a2264356562663538383364393635643063363764333432366133336665656634373235666431633238363830643063663730346632363233323735373866356639326339346263613661316436643930366634373430356663323434356464666261366530633865653534313832313835386137326138353035623261386564323030222c2273776170223a7b22726563697069656e74223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c22627579223a222e737478222c226d696e223a223631383639222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d6368617269736d612d746f6b656e2d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d636861222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 2, 3000, 62493, 61869, '2026-03-04 12:01:10+00', 1, '2026-03-04 12:01:10+00', 'insufficient_balance', NULL, NULL, '2026-03-04 12:01:10+00', true, 0),
	(4, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'swap', 'reverted', '1ed0ebc0f97469d8b7e1b828fede7dd65d9a571e5c4e9d8bccc164781216af00', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a332c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e6368617269736d612d746f6b656e2d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2232653139333461622d613838302d343761622d613661652d343835366537633938636365222c22636861696e223a323134373438333634382c226f776e6572223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c227369676e6174757265223a2264356562663538383364393635643063363764333432366133336665656634373235666431633238363830643063663730346632363233323735373866356639326339346263613661316436643930366634373430356663323434356464666261366530633865653534313832313835386137326138353035623261386564323030222c2273776170223a7b22726563697069656e74223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c22627579223a222e737478222c226d696e223a223631383639222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d6368617269736d612d746f6b656e2d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d636861222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 3, 3000, 62493, 61869, '2026-03-04 12:01:20+00', 1, '2026-03-04 12:01:20+00', 'insufficient_balance', NULL, NULL, '2026-03-04 12:01:20+00', true, 0),
	(5, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'spend', 'confirmed', '40b53e501fd2b71778aa068458454e20c4d6ac5ed75c171ecc052ea1d1495b1e', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a342c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e6368617269736d612d746f6b656e2d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2232653139333461622d613838302d343761622d613661652d343835366537633938636365222c22636861696e223a323134373438333634382c226f776e6572223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c227369676e6174757265223a2264356562663538383364393635643063363764333432366133336665656634373235666431633238363830643063663730346632363233323735373866356639326339346263613661316436643930366634373430356663323434356464666261366530633865653534313832313835386137326138353035623261386564323030227d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 4, 3000, NULL, NULL, '2026-03-04 12:01:30+00', 1, '2026-03-04 12:01:30+00', NULL, NULL, NULL, '2026-03-04 12:01:30+00', true, 0),
	(6, 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 1, 'swap', 'confirmed', '805ed63d3b997409e6a6e8620b8123c6b614550cad900999bb0c81853b7d9422', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a352c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e746f6b656e2d73757364742d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2236623866653230632d663863662d346231662d616236352d663339396365313036323863222c22636861696e223a323134373438333634382c226f776e6572223a2253543141304e314848544e4230315354545a525a48353759465632374d444733564732363333334553222c227369676e6174757265223a2233313465333736623237323635373765663630663737633739346465356237623637376330626639626161613837333436613963373233366162363964633538313331333461356664323230326332613032343062353764313863303466303433333335666535663732303438613735646433306638646266636232643734343031222c2273776170223a7b22726563697069656e74223a2253543358464258433158384346504d33595a4a4a33454a54325443564b4a4847505a39425a465735222c22627579223a222e737478222c226d696e223a2231323337333736222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d746f6b656e2d73757364742d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d7375736474222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 5, 3000, 1249874, 1237376, '2026-03-04 12:05:30+00', 1, '2026-03-04 12:05:30+00', NULL, 1249874, 6, '2026-03-04 12:05:30+00', true, 0),
	(7, 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 2, 'swap', 'confirmed', '44a9ac86ec4156c6fe0217c3e93374169d1f4c799a040b1e088e2827cd864b27', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a362c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e746f6b656e2d73757364742d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2264373766353566662d396131382d343330382d393262612d303262316539386232363331222c22636861696e223a323134373438333634382c226f776e6572223a2253543141304e314848544e4230315354545a525a48353759465632374d444733564732363333334553222c227369676e6174757265223a2235656632616438386664356662316335373334653130623365363365356330326534636238383133666230643433396463633165333731353133366562383937326663336262646163663561653332306337346461613764373362653461383537383130346566396633393634353534396139393932623863346130336432303030222c2273776170223a7b22726563697069656e74223a2253543358464258433158384346504d33595a4a4a33454a54325443564b4a4847505a39425a465735222c22627579223a222e737478222c226d696e223a2231323337333735222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d746f6b656e2d73757364742d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d7375736474222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 6, 3000, 1249873, 1237375, '2026-03-04 12:06:30+00', 1, '2026-03-04 12:06:30+00', NULL, 1249873, 7, '2026-03-04 12:06:30+00', true, 0),
	(8, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 1, 'swap', 'confirmed', '8b4a2d5578f3b00c1775dc81ec19e8c7eeb0811fe3ad08eb9ffe13dfc33f7d18', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a372c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e746f6b656e2d73757364742d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2266363965363762652d396161372d346337632d383630382d333434363637356533336337222c22636861696e223a323134373438333634382c226f776e6572223a2253543141304e314848544e4230315354545a525a48353759465632374d444733564732363333334553222c227369676e6174757265223a2235343132396331643131656262316366656663333130306638316239346239663065386166393662313234303834356639376266633062343631383763333063333939383462373335346238343530633637343231623133363738626461656165616461626331396634353132386338613961326434666262623539313932353031222c2273776170223a7b22726563697069656e74223a2253543358464258433158384346504d33595a4a4a33454a54325443564b4a4847505a39425a465735222c22627579223a222e737478222c226d696e223a2231323337333733222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d746f6b656e2d73757364742d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d7375736474222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 7, 3000, 1249871, 1237373, '2026-03-04 12:07:30+00', 1, '2026-03-04 12:07:30+00', NULL, 1249871, 8, '2026-03-04 12:07:30+00', true, 0),
	(9, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 2, 'swap', 'confirmed', '53f9de4b95714d706f4504a8933f5ba7b10c1cc4cdd815d98bed8de89ab004d9', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a382c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e746f6b656e2d73757364742d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2237383036633436612d356666392d343365322d396361302d363439353265356433613532222c22636861696e223a323134373438333634382c226f776e6572223a2253543141304e314848544e4230315354545a525a48353759465632374d444733564732363333334553222c227369676e6174757265223a2231396135393136393231323538626664653636376439656536386362343539663066343663383564356366386237363732633535396132623766356164333964313063653737353632376530313565323465643762306466306563306334316261616561626465623361346562346131623238363734386263613931303235613030222c2273776170223a7b22726563697069656e74223a2253543358464258433158384346504d33595a4a4a33454a54325443564b4a4847505a39425a465735222c22627579223a222e737478222c226d696e223a2231323337333732222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d746f6b656e2d73757364742d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d7375736474222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 8, 3000, 1249870, 1237372, '2026-03-04 12:08:30+00', 1, '2026-03-04 12:08:30+00', NULL, 1249870, 9, '2026-03-04 12:08:30+00', true, 0),
	(10, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 3, 'swap', 'confirmed', 'da3497d8517a30641c50ff9e46f205dd9ccd27f3f39c8dbf4df83bd8fbef48c9', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a392c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e746f6b656e2d73757364742d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2230623730383362362d626264382d343737612d616264362d363662326231663139653839222c22636861696e223a323134373438333634382c226f776e6572223a2253543141304e314848544e4230315354545a525a48353759465632374d444733564732363333334553222c227369676e6174757265223a2261616335363434343237396537613235323633376438393633316134646335376461646464623633386164633861343934636162356365356237623064626236333337623335646664626535663163373932386533333630663732653564363766323061353861383561643866393734343936356434663439346161333366363031222c2273776170223a7b22726563697069656e74223a2253543358464258433158384346504d33595a4a4a33454a54325443564b4a4847505a39425a465735222c22627579223a222e737478222c226d696e223a2231323337333731222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d746f6b656e2d73757364742d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d7375736474222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 9, 3000, 1249869, 1237371, '2026-03-04 12:09:30+00', 1, '2026-03-04 12:09:30+00', NULL, 1249869, 10, '2026-03-04 12:09:30+00', true, 0),
	(11, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 1, 'swap', 'confirmed', '12ccd4500e0a7fc4304fb749085ec3a1a8d44e924a752675ecf2470ca38b245d', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a31302c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e746f6b656e2d73757364742d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2261353534343339342d363661372d346239612d393237352d386534643464376266316431222c22636861696e223a323134373438333634382c226f776e6572223a225354314536463933503357325239424751365231455934344138315647464a41384356505a5a594734222c227369676e6174757265223a2231656563393566663436313466666235616266313537623033623331373332313536356263663233386663313038643739353434313836333032653765396534333336653465386132326366663566353765353039303432373761313133633539633837633238363933343462336462313965653134376366323231336230333030222c2273776170223a7b22726563697069656e74223a225354335937344d35323237464456485245575048373733463559315731454438575858564230473153222c22627579223a222e737478222c226d696e223a2231323337333731222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d746f6b656e2d73757364742d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d7375736474222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 10, 3000, 1249869, 1237371, '2026-03-04 12:09:30+00', 1, '2026-03-04 12:09:30+00', NULL, 1249868, 10, '2026-03-04 12:09:30+00', true, 0),
	(12, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 4, 'swap', 'confirmed', '6737c1b9cd675248ff36b43fa4726a364477ec4073de61491297dc5971629470', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a31312c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e746f6b656e2d73757364742d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2232386439643933622d393436662d343633652d616633342d356138663133663764396636222c22636861696e223a323134373438333634382c226f776e6572223a2253543141304e314848544e4230315354545a525a48353759465632374d444733564732363333334553222c227369676e6174757265223a2233643131383530313634333162646237633364613363393834646633396465623361646434663836303165386163666633633333373637383663626163396462313563313933636161663963363763386638653965333432323036656566393333633662396466383965376464313636303032333635306231386566336337383031222c2273776170223a7b22726563697069656e74223a2253543358464258433158384346504d33595a4a4a33454a54325443564b4a4847505a39425a465735222c22627579223a222e737478222c226d696e223a2231323337333638222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d746f6b656e2d73757364742d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d7375736474222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 11, 3000, 1249866, 1237368, '2026-03-04 12:10:31+00', 1, '2026-03-04 12:10:31+00', NULL, 1249866, 11, '2026-03-04 12:10:31+00', true, 0),
	(13, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 2, 'swap', 'confirmed', '8fdf20f9bfadebe8a2a8b0a926e076d4b0d1164fe2670a75e8df75af91a54327', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a31322c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e746f6b656e2d73757364742d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2231613731643533622d656535382d343638342d393165632d613332646432353563626466222c22636861696e223a323134373438333634382c226f776e6572223a225354314536463933503357325239424751365231455934344138315647464a41384356505a5a594734222c227369676e6174757265223a2232323239623133336638363535386131393232663438383664366661376162646637323831643833316633333436383530323266396432646534663265303634373339323365656139326662613364313937626662643962326662633736383765313730633633393536623330396163663264633961376166626132633363373030222c2273776170223a7b22726563697069656e74223a225354335937344d35323237464456485245575048373733463559315731454438575858564230473153222c22627579223a222e737478222c226d696e223a2231323337333638222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d746f6b656e2d73757364742d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d7375736474222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 12, 3000, 1249866, 1237368, '2026-03-04 12:10:31+00', 1, '2026-03-04 12:10:31+00', NULL, 1249865, 11, '2026-03-04 12:10:31+00', true, 0),
	(14, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 5, 'swap', 'confirmed', '785fbfd8940711df844926ec2410db8c141b56a808dca274054e964404a9b459', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a31332c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e746f6b656e2d73757364742d7375626e65742d7631222c22616d6f756e74223a2231303030303033222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2236346334353238342d336232332d343335392d616530652d393862363366376234393465222c22636861696e223a323134373438333634382c226f776e6572223a2253543141304e314848544e4230315354545a525a48353759465632374d444733564732363333334553222c227369676e6174757265223a2262356532353932376163323065633833623639316335343564363730313466663166316631316463326661383037393465633866343337306631333234323866363064363939373335336232353636656136343632636432643533663933323131633437333135663731313762393730393931323966646639653166343933343030222c2273776170223a7b22726563697069656e74223a2253543358464258433158384346504d33595a4a4a33454a54325443564b4a4847505a39425a465735222c22627579223a222e737478222c226d696e223a2231323337333638222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d746f6b656e2d73757364742d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d7375736474222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 13, 3000, 1249866, 1237368, '2026-03-04 12:11:31+00', 1, '2026-03-04 12:11:31+00', NULL, 1249866, 12, '2026-03-04 12:11:31+00', true, 0),
	(15, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 3, 'swap', 'confirmed', '94bc52ecc08fb8871e6e48f12e88558ec0015ebd526fab9fd8b184233b74d564', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a31342c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e746f6b656e2d73757364742d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2266613235643739382d613262322d343137662d613238302d663833356565343332643766222c22636861696e223a323134373438333634382c226f776e6572223a225354314536463933503357325239424751365231455934344138315647464a41384356505a5a594734222c227369676e6174757265223a2236623963343132643133353930653563616262623263653837613766346564396231343664396565643139366661376631626565353539653735373265633864366663653464346431623831353763633563306532303632326466653234623763393864343738356537356365366530333766613337366631376533303336663031222c2273776170223a7b22726563697069656e74223a225354335937344d35323237464456485245575048373733463559315731454438575858564230473153222c22627579223a222e737478222c226d696e223a2231323337333636222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d746f6b656e2d73757364742d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d7375736474222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 14, 3000, 1249864, 1237366, '2026-03-04 12:11:31+00', 1, '2026-03-04 12:11:31+00', NULL, 1249863, 12, '2026-03-04 12:11:31+00', true, 0),
	(16, '83f0b8aa-4f48-468a-a623-7753149256f7', 1, 'swap', 'reverted', '673580d31eb7c54f8cc7cf3d9832d94cf246df910c1b4306a6a26cd70b84fc54', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a31352c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e6368617269736d612d746f6b656e2d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2238336630623861612d346634382d343638612d613632332d373735333134393235366637222c22636861696e223a323134373438333634382c226f776e6572223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c227369676e6174757265223a2265613935376632633630343235653239313236343462613562386338393961653930363535653637663464386539323332626663316338316363363435653433333930343066656437353033613562363337623362616336623564383630356435613338353665623330613534616630303433623333303662373763306438373030222c2273776170223a7b22726563697069656e74223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c22627579223a222e737478222c226d696e223a223631383639222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d6368617269736d612d746f6b656e2d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d636861222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 15, 3000, 62493, 61869, '2026-03-04 12:11:31+00', 1, '2026-03-04 12:11:31+00', 'insufficient_balance', NULL, NULL, '2026-03-04 12:11:31+00', true, 0),
	(17, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'swap', 'reverted', 'ef8b4eb5e75a4ceffc3a3a7c25cb4db4796ee3276b841a3623b2e49a774d6149', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a31362c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e6368617269736d612d746f6b656e2d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2239383732343132632d333634312d346131352d383639622d356664353332363462333562222c22636861696e223a323134373438333634382c226f776e6572223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c227369676e6174757265223a2235663337393262636232346661316663373564363963336237316564306134306139613235353434616334373165323938643461623130633437303235343730316162353432656639343466376166626664313361393734623032623763623162376134326565626663633238613762313434316664643566336365633962663031222c2273776170223a7b22726563697069656e74223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c22627579223a222e737478222c226d696e223a223631383639222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d6368617269736d612d746f6b656e2d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d636861222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 16, 3000, 62493, 61869, '2026-03-04 12:11:31+00', 1, '2026-03-04 12:11:31+00', 'insufficient_balance', NULL, NULL, '2026-03-04 12:11:31+00', true, 0),
	(18, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'swap', 'reverted', '83f942d6171cffe68912c82544ef86501b3838fdc72df4925009308170f9c712', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a31372c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e6368617269736d612d746f6b656e2d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2239383732343132632d333634312d346131352d383639622d356664353332363462333562222c22636861696e223a323134373438333634382c226f776e6572223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c227369676e6174757265223a2235663337393262636232346661316663373564363963336237316564306134306139613235353434616334373165323938643461623130633437303235343730316162353432656639343466376166626664313361393734623032623763623162376134326565626663633238613762313434316664643566336365633962663031222c2273776170223a7b22726563697069656e74223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c22627579223a222e737478222c226d696e223a223631383639222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d6368617269736d612d746f6b656e2d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d636861222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 17, 3000, 62493, 61869, '2026-03-04 12:11:41+00', 1, '2026-03-04 12:11:41+00', 'insufficient_balance', NULL, NULL, '2026-03-04 12:11:41+00', true, 0),
	(19, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'swap', 'reverted', '0d838dc1528be66c7db06618101033bdf8487b65c93c8b7c111d8b34d50c00dd', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a31382c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e6368617269736d612d746f6b656e2d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2239383732343132632d333634312d346131352d383639622d356664353332363462333562222c22636861696e223a323134373438333634382c226f776e6572223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c227369676e6174757265223a2235663337393262636232346661316663373564363963336237316564306134306139613235353434616334373165323938643461623130633437303235343730316162353432656639343466376166626664313361393734623032623763623162376134326565626663633238613762313434316664643566336365633962663031222c2273776170223a7b22726563697069656e74223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c22627579223a222e737478222c226d696e223a223631383639222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d6368617269736d612d746f6b656e2d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d636861222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 18, 3000, 62493, 61869, '2026-03-04 12:11:51+00', 1, '2026-03-04 12:11:51+00', 'insufficient_balance', NULL, NULL, '2026-03-04 12:11:51+00', true, 0),
	(20, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'spend', 'sent', 'cc98a9d2f7125b36d82a7b4db78eb2dcf63c08c28cd4a42a325f1cb6d93d18a8', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a31392c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e6368617269736d612d746f6b656e2d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2239383732343132632d333634312d346131352d383639622d356664353332363462333562222c22636861696e223a323134373438333634382c226f776e6572223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c227369676e6174757265223a2235663337393262636232346661316663373564363963336237316564306134306139613235353434616334373165323938643461623130633437303235343730316162353432656639343466376166626664313361393734623032623763623162376134326565626663633238613762313434316664643566336365633962663031227d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 19, 3000, NULL, NULL, '2026-03-04 12:12:01+00', 1, '2026-03-04 12:12:01+00', NULL, NULL, NULL, NULL, false, 0),
	(21, '60ebabb8-3ae2-4021-85d7-d37fa8929a15', 1, 'swap', 'sent', '819beff784b1d24f7cc5426642c918593b7e947b966107fb38ba862f6699cdf3', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a32302c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e6368617269736d612d746f6b656e2d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2236306562616262382d336165322d343032312d383564372d643337666138393239613135222c22636861696e223a323134373438333634382c226f776e6572223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c227369676e6174757265223a2237646534316533653164333964343731366164653863383831356331336439383638336236363230363862393266383865393665333733303539613361353934376231646133393639656238656335316437346537383564636665313638343632626337303265323237356232633139653966613135376332323063643536333030222c2273776170223a7b22726563697069656e74223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c22627579223a222e737478222c226d696e223a223631383639222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d6368617269736d612d746f6b656e2d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d636861222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 20, 3000, 62493, 61869, '2026-03-04 12:12:01+00', 1, '2026-03-04 12:12:01+00', NULL, NULL, NULL, NULL, false, 0),
	(23, '00cd2b16-8efc-4f33-a4c8-e484d7d33496', 1, 'swap', 'sent', 'f76ca705b68fa2d3818843c71ade0ab284a89ad27b0ca9b1c3a738abe11748d8', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a32322c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e746f6b656e2d73757364742d7375626e65742d7631222c22616d6f756e74223a2234303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2236373834336231392d393662372d346338392d386462392d393936336331336430363935222c22636861696e223a323134373438333634382c226f776e6572223a2253543141304e314848544e4230315354545a525a48353759465632374d444733564732363333334553222c227369676e6174757265223a2235633536663465386466386466663031383236333961636536623238336337636533393962613863646530326236666332613730656561343461303666336331346133313835393966666633666662626538333666303239366363666162633164353238636661333031653531336535653235306665393563333132633231633030222c2273776170223a7b22726563697069656e74223a2253543358464258433158384346504d33595a4a4a33454a54325443564b4a4847505a39425a465735222c22627579223a222e737478222c226d696e223a2234393439343436222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d746f6b656e2d73757364742d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d7375736474222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 22, 3000, 4999440, 4949446, '2026-03-04 12:12:01+00', 1, '2026-03-04 12:12:01+00', NULL, NULL, NULL, NULL, false, 0),
	(22, '1ab8a475-374f-466b-8128-86f74a57af4e', 1, 'swap', 'prepared', '5a15cfafd137b2e68d237c73acdc9ec98cf117dd0a77ac642828cb76a67740d9', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a32312c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e6368617269736d612d746f6b656e2d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2231616238613437352d333734662d343636622d383132382d383666373461353761663465222c22636861696e223a323134373438333634382c226f776e6572223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c227369676e6174757265223a2230363266343262623035306566316639363939633135343766663665316137643462663539343633306438336166386162346561383336633432306132663264323162353464626266383534306638353661366464646434313435663061313562633739663535323164393963613364663935323462323139366462666531633030222c2273776170223a7b22726563697069656e74223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c22627579223a222e737478222c226d696e223a223631383639222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d6368617269736d612d746f6b656e2d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d636861222c315d5d7d7d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 21, 3000, 62493, 61869, '2026-03-04 12:12:01+00', 1, '2026-03-04 12:12:01+00', NULL, NULL, NULL, NULL, false, 0);
INSERT INTO public.free_nonces VALUES
	('ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 24, '2026-03-04 12:00:00+00'),
	('ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 25, '2026-03-04 12:12:01+00');
INSERT INTO public.master_key VALUES
	(true, '8730f20982bbeacf', '\xe5c3d2776f536083bfee32d07decf2c5484fb711546a1dbf659c9dcac156faf8', '2026-03-04 12:00:00+00');
INSERT INTO public.order_events OVERRIDING SYSTEM VALUE VALUES
	(1, 'ada5dd0c-d49c-45fc-9af1-570f3b72e30a', NULL, 'created', '2026-03-04 12:00:00+00', NULL),
	(2, 'ada5dd0c-d49c-45fc-9af1-570f3b72e30a', 1, 'triggered', '2026-03-04 12:00:00+00', NULL),
	(3, 'ada5dd0c-d49c-45fc-9af1-570f3b72e30a', 1, 'broadcast', '2026-03-04 12:00:00+00', '{"txid":"a41a628bca9832d71fea957c768e2b2a60b8eab09d4fff60dbf2d02f6b804845","kind":"swap"}'),
	(4, 'ada5dd0c-d49c-45fc-9af1-570f3b72e30a', 1, 'sent', '2026-03-04 12:00:00+00', '{"txid":"a41a628bca9832d71fea957c768e2b2a60b8eab09d4fff60dbf2d02f6b804845"}'),
	(5, 'ada5dd0c-d49c-45fc-9af1-570f3b72e30a', 1, 'confirmed', '2026-03-04 12:00:00+00', NULL),
	(6, 'ada5dd0c-d49c-45fc-9af1-570f3b72e30a', NULL, 'completed', '2026-03-04 12:00:00+00', NULL),
	(7, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', NULL, 'created', '2026-03-04 12:01:00+00', NULL),
	(8, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'triggered', '2026-03-04 12:01:00+00', NULL),
	(9, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'broadcast', '2026-03-04 12:01:00+00', '{"txid":"9304fd7d026cc6a3b1e9328da0dfabe7133fb5d712fb74c6ab36cd090d538f89","kind":"swap"}'),
	(10, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'sent', '2026-03-04 12:01:00+00', '{"txid":"9304fd7d026cc6a3b1e9328da0dfabe7133fb5d712fb74c6ab36cd090d538f89"}'),
	(11, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'reverted', '2026-03-04 12:01:00+00', '{"txid":"9304fd7d026cc6a3b1e9328da0dfabe7133fb5d712fb74c6ab36cd090d538f89","reason":"insufficient_balance"}'),
	(12, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'broadcast', '2026-03-04 12:01:10+00', '{"txid":"ae6a75684240b3901a2d12c3ea41957f29faa57310469baf75f328b5ae623c7c","kind":"swap"}'),
	(13, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'sent', '2026-03-04 12:01:10+00', '{"txid":"ae6a75684240b3901a2d12c3ea41957f29faa57310469baf75f328b5ae623c7c"}'),
	(14, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'reverted', '2026-03-04 12:01:10+00', '{"txid":"ae6a75684240b3901a2d12c3ea41957f29faa57310469baf75f328b5ae623c7c","reason":"insufficient_balance"}'),
	(15, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'broadcast', '2026-03-04 12:01:20+00', '{"txid":"1ed0ebc0f97469d8b7e1b828fede7dd65d9a571e5c4e9d8bccc164781216af00","kind":"swap"}'),
	(16, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'sent', '2026-03-04 12:01:20+00', '{"txid":"1ed0ebc0f97469d8b7e1b828fede7dd65d9a571e5c4e9d8bccc164781216af00"}'),
	(17, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'reverted', '2026-03-04 12:01:20+00', '{"txid":"1ed0ebc0f97469d8b7e1b828fede7dd65d9a571e5c4e9d8bccc164781216af00","reason":"insufficient_balance"}'),
	(18, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'spend_requested', '2026-03-04 12:01:20+00', '{"reason":"insufficient_balance"}'),
	(19, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'broadcast', '2026-03-04 12:01:30+00', '{"txid":"40b53e501fd2b71778aa068458454e20c4d6ac5ed75c171ecc052ea1d1495b1e","kind":"spend"}'),
	(20, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'sent', '2026-03-04 12:01:30+00', '{"txid":"40b53e501fd2b71778aa068458454e20c4d6ac5ed75c171ecc052ea1d1495b1e"}'),
	(21, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 'failed', '2026-03-04 12:01:30+00', '{"reason":"insufficient_balance"}'),
	(22, '2e1934ab-a880-47ab-a6ae-4856e7c98cce', NULL, 'failed', '2026-03-04 12:01:30+00', NULL),
	(23, '5ef3aa09-d21a-4032-ab08-52fc3597a91e', NULL, 'created', '2026-03-04 12:02:30+00', NULL),
	(24, '5ef3aa09-d21a-4032-ab08-52fc3597a91e', 1, 'expired', '2026-03-04 12:04:30+00', '{"reason":"expired"}'),
	(25, '5ef3aa09-d21a-4032-ab08-52fc3597a91e', NULL, 'expired', '2026-03-04 12:04:30+00', NULL),
	(26, '8707ee23-6e15-4bff-bad1-f0593531b5e6', NULL, 'created', '2026-03-04 12:05:30+00', NULL),
	(27, '8707ee23-6e15-4bff-bad1-f0593531b5e6', 1, 'cancelled', '2026-03-04 12:05:30+00', NULL),
	(28, '8707ee23-6e15-4bff-bad1-f0593531b5e6', NULL, 'cancelled', '2026-03-04 12:05:30+00', NULL),
	(29, 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', NULL, 'created', '2026-03-04 12:05:30+00', NULL),
	(30, 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 1, 'triggered', '2026-03-04 12:05:30+00', NULL),
	(31, 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 1, 'broadcast', '2026-03-04 12:05:30+00', '{"txid":"805ed63d3b997409e6a6e8620b8123c6b614550cad900999bb0c81853b7d9422","kind":"swap"}'),
	(32, 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 1, 'sent', '2026-03-04 12:05:30+00', '{"txid":"805ed63d3b997409e6a6e8620b8123c6b614550cad900999bb0c81853b7d9422"}'),
	(33, 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 1, 'confirmed', '2026-03-04 12:05:30+00', NULL),
	(34, 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 2, 'triggered', '2026-03-04 12:06:30+00', NULL),
	(35, 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 2, 'broadcast', '2026-03-04 12:06:30+00', '{"txid":"44a9ac86ec4156c6fe0217c3e93374169d1f4c799a040b1e088e2827cd864b27","kind":"swap"}'),
	(36, 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 2, 'sent', '2026-03-04 12:06:30+00', '{"txid":"44a9ac86ec4156c6fe0217c3e93374169d1f4c799a040b1e088e2827cd864b27"}'),
	(37, 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 2, 'confirmed', '2026-03-04 12:06:30+00', NULL),
	(38, 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', NULL, 'completed', '2026-03-04 12:06:30+00', NULL),
	(39, 'c2d7cc03-9614-4d35-a8a2-93f363d21551', NULL, 'created', '2026-03-04 12:07:30+00', NULL),
	(40, 'c2d7cc03-9614-4d35-a8a2-93f363d21551', 1, 'cancelled', '2026-03-04 12:07:30+00', NULL),
	(41, 'c2d7cc03-9614-4d35-a8a2-93f363d21551', 2, 'cancelled', '2026-03-04 12:07:30+00', NULL),
	(42, 'c2d7cc03-9614-4d35-a8a2-93f363d21551', 3, 'cancelled', '2026-03-04 12:07:30+00', NULL),
	(43, 'c2d7cc03-9614-4d35-a8a2-93f363d21551', 4, 'cancelled', '2026-03-04 12:07:30+00', NULL),
	(44, 'c2d7cc03-9614-4d35-a8a2-93f363d21551', NULL, 'cancelled', '2026-03-04 12:07:30+00', NULL),
	(45, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', NULL, 'created', '2026-03-04 12:07:30+00', NULL),
	(46, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 1, 'triggered', '2026-03-04 12:07:30+00', NULL),
	(47, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 1, 'broadcast', '2026-03-04 12:07:30+00', '{"txid":"8b4a2d5578f3b00c1775dc81ec19e8c7eeb0811fe3ad08eb9ffe13dfc33f7d18","kind":"swap"}'),
	(48, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 1, 'sent', '2026-03-04 12:07:30+00', '{"txid":"8b4a2d5578f3b00c1775dc81ec19e8c7eeb0811fe3ad08eb9ffe13dfc33f7d18"}'),
	(49, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 1, 'confirmed', '2026-03-04 12:07:30+00', NULL),
	(50, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 2, 'triggered', '2026-03-04 12:08:30+00', NULL);
INSERT INTO public.order_events OVERRIDING SYSTEM VALUE VALUES
	(51, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 2, 'broadcast', '2026-03-04 12:08:30+00', '{"txid":"53f9de4b95714d706f4504a8933f5ba7b10c1cc4cdd815d98bed8de89ab004d9","kind":"swap"}'),
	(52, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 2, 'sent', '2026-03-04 12:08:30+00', '{"txid":"53f9de4b95714d706f4504a8933f5ba7b10c1cc4cdd815d98bed8de89ab004d9"}'),
	(53, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 2, 'confirmed', '2026-03-04 12:08:30+00', NULL),
	(54, '6c1d99b8-c6cb-47d1-b0ec-6c8b7c1bb19a', NULL, 'created', '2026-03-04 12:09:30+00', NULL),
	(55, '2fe36e1a-1720-4301-b1f0-fe15335b2057', NULL, 'created', '2026-03-04 12:09:30+00', NULL),
	(56, '97b9e7b0-e415-46f3-bef7-6f79dd29a7f9', NULL, 'created', '2026-03-04 12:09:30+00', NULL),
	(57, '7cbd61b9-1e0f-405c-8fd4-7952948df902', NULL, 'created', '2026-03-04 12:09:30+00', NULL),
	(58, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 3, 'triggered', '2026-03-04 12:09:30+00', NULL),
	(59, '6c1d99b8-c6cb-47d1-b0ec-6c8b7c1bb19a', 1, 'triggered', '2026-03-04 12:09:30+00', NULL),
	(60, '2fe36e1a-1720-4301-b1f0-fe15335b2057', 1, 'triggered', '2026-03-04 12:09:30+00', NULL),
	(61, '97b9e7b0-e415-46f3-bef7-6f79dd29a7f9', 1, 'triggered', '2026-03-04 12:09:30+00', NULL),
	(62, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 1, 'triggered', '2026-03-04 12:09:30+00', NULL),
	(63, '2fe36e1a-1720-4301-b1f0-fe15335b2057', 1, 'backed_off', '2026-03-04 12:09:30+00', '{"reason":"rate_out_of_bounds"}'),
	(64, '6c1d99b8-c6cb-47d1-b0ec-6c8b7c1bb19a', 1, 'backed_off', '2026-03-04 12:09:30+00', '{"reason":"rate_out_of_bounds"}'),
	(65, '97b9e7b0-e415-46f3-bef7-6f79dd29a7f9', 1, 'backed_off', '2026-03-04 12:09:30+00', '{"reason":"rate_out_of_bounds"}'),
	(66, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 3, 'broadcast', '2026-03-04 12:09:30+00', '{"txid":"da3497d8517a30641c50ff9e46f205dd9ccd27f3f39c8dbf4df83bd8fbef48c9","kind":"swap"}'),
	(67, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 1, 'broadcast', '2026-03-04 12:09:30+00', '{"txid":"12ccd4500e0a7fc4304fb749085ec3a1a8d44e924a752675ecf2470ca38b245d","kind":"swap"}'),
	(68, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 1, 'sent', '2026-03-04 12:09:30+00', '{"txid":"12ccd4500e0a7fc4304fb749085ec3a1a8d44e924a752675ecf2470ca38b245d"}'),
	(69, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 3, 'sent', '2026-03-04 12:09:30+00', '{"txid":"da3497d8517a30641c50ff9e46f205dd9ccd27f3f39c8dbf4df83bd8fbef48c9"}'),
	(70, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 1, 'confirmed', '2026-03-04 12:09:30+00', NULL),
	(71, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 3, 'confirmed', '2026-03-04 12:09:30+00', NULL),
	(72, 'b8b99e4e-0c82-43d5-8e83-e70a7f5180b9', NULL, 'created', '2026-03-04 12:10:31+00', NULL),
	(73, 'dcac6e56-b670-4084-8b5b-c2f886a2cbc6', NULL, 'created', '2026-03-04 12:10:31+00', NULL),
	(74, '6335f27e-b58a-4170-b7d2-15a7df70b9b6', NULL, 'created', '2026-03-04 12:10:31+00', NULL),
	(75, 'dffea64a-5268-4bb2-ab0b-d5b07030ddb8', NULL, 'created', '2026-03-04 12:10:31+00', NULL),
	(76, 'a5fbbcc4-2e82-4257-984d-dedbf8495fa7', NULL, 'created', '2026-03-04 12:10:31+00', NULL),
	(77, 'a5fbbcc4-2e82-4257-984d-dedbf8495fa7', NULL, 'paused', '2026-03-04 12:10:31+00', NULL),
	(88, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 2, 'sent', '2026-03-04 12:10:31+00', '{"txid":"8fdf20f9bfadebe8a2a8b0a926e076d4b0d1164fe2670a75e8df75af91a54327"}'),
	(89, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 4, 'sent', '2026-03-04 12:10:31+00', '{"txid":"6737c1b9cd675248ff36b43fa4726a364477ec4073de61491297dc5971629470"}'),
	(111, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'sent', '2026-03-04 12:11:31+00', '{"txid":"ef8b4eb5e75a4ceffc3a3a7c25cb4db4796ee3276b841a3623b2e49a774d6149"}'),
	(118, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'reverted', '2026-03-04 12:11:51+00', '{"txid":"0d838dc1528be66c7db06618101033bdf8487b65c93c8b7c111d8b34d50c00dd","reason":"insufficient_balance"}'),
	(119, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'spend_requested', '2026-03-04 12:11:51+00', '{"reason":"insufficient_balance"}'),
	(78, 'f400db7c-9527-4a6c-aaee-7144c29d3305', NULL, 'created', '2026-03-04 12:10:31+00', NULL),
	(79, '9c4d551c-2bd0-4b03-8155-59d8892a4c0d', NULL, 'created', '2026-03-04 12:10:31+00', NULL),
	(93, '83f0b8aa-4f48-468a-a623-7753149256f7', NULL, 'created', '2026-03-04 12:11:31+00', NULL),
	(108, '9872412c-3641-4a15-869b-5fd53264b35b', NULL, 'created', '2026-03-04 12:11:31+00', NULL),
	(123, '60ebabb8-3ae2-4021-85d7-d37fa8929a15', NULL, 'created', '2026-03-04 12:12:01+00', NULL),
	(124, '1ab8a475-374f-466b-8128-86f74a57af4e', NULL, 'created', '2026-03-04 12:12:01+00', NULL),
	(137, '46a08454-f328-4fca-bd8f-40a2f2cedfdb', NULL, 'created', '2026-03-04 12:12:01+00', NULL),
	(139, '79a4079a-9c53-4e45-a2ba-7899b5a4f953', NULL, 'created', '2026-03-04 12:12:01+00', NULL),
	(80, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 4, 'triggered', '2026-03-04 12:10:31+00', NULL),
	(81, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 2, 'triggered', '2026-03-04 12:10:31+00', NULL),
	(82, 'b8b99e4e-0c82-43d5-8e83-e70a7f5180b9', 1, 'triggered', '2026-03-04 12:10:31+00', NULL),
	(83, 'f400db7c-9527-4a6c-aaee-7144c29d3305', 1, 'triggered', '2026-03-04 12:10:31+00', NULL),
	(86, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 4, 'broadcast', '2026-03-04 12:10:31+00', '{"txid":"6737c1b9cd675248ff36b43fa4726a364477ec4073de61491297dc5971629470","kind":"swap"}'),
	(87, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 2, 'broadcast', '2026-03-04 12:10:31+00', '{"txid":"8fdf20f9bfadebe8a2a8b0a926e076d4b0d1164fe2670a75e8df75af91a54327","kind":"swap"}'),
	(94, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 5, 'triggered', '2026-03-04 12:11:31+00', NULL),
	(95, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 3, 'triggered', '2026-03-04 12:11:31+00', NULL),
	(96, '83f0b8aa-4f48-468a-a623-7753149256f7', 1, 'triggered', '2026-03-04 12:11:31+00', NULL),
	(97, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 5, 'broadcast', '2026-03-04 12:11:31+00', '{"txid":"785fbfd8940711df844926ec2410db8c141b56a808dca274054e964404a9b459","kind":"swap"}');
INSERT INTO public.order_events OVERRIDING SYSTEM VALUE VALUES
	(98, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 3, 'broadcast', '2026-03-04 12:11:31+00', '{"txid":"94bc52ecc08fb8871e6e48f12e88558ec0015ebd526fab9fd8b184233b74d564","kind":"swap"}'),
	(99, '83f0b8aa-4f48-468a-a623-7753149256f7', 1, 'broadcast', '2026-03-04 12:11:31+00', '{"txid":"673580d31eb7c54f8cc7cf3d9832d94cf246df910c1b4306a6a26cd70b84fc54","kind":"swap"}'),
	(109, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'triggered', '2026-03-04 12:11:31+00', NULL),
	(110, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'broadcast', '2026-03-04 12:11:31+00', '{"txid":"ef8b4eb5e75a4ceffc3a3a7c25cb4db4796ee3276b841a3623b2e49a774d6149","kind":"swap"}'),
	(113, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'broadcast', '2026-03-04 12:11:41+00', '{"txid":"83f942d6171cffe68912c82544ef86501b3838fdc72df4925009308170f9c712","kind":"swap"}'),
	(116, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'broadcast', '2026-03-04 12:11:51+00', '{"txid":"0d838dc1528be66c7db06618101033bdf8487b65c93c8b7c111d8b34d50c00dd","kind":"swap"}'),
	(120, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'broadcast', '2026-03-04 12:12:01+00', '{"txid":"cc98a9d2f7125b36d82a7b4db78eb2dcf63c08c28cd4a42a325f1cb6d93d18a8","kind":"spend"}'),
	(125, '60ebabb8-3ae2-4021-85d7-d37fa8929a15', 1, 'triggered', '2026-03-04 12:12:01+00', NULL),
	(126, '1ab8a475-374f-466b-8128-86f74a57af4e', 1, 'triggered', '2026-03-04 12:12:01+00', NULL),
	(127, '00cd2b16-8efc-4f33-a4c8-e484d7d33496', 1, 'triggered', '2026-03-04 12:12:01+00', NULL),
	(128, '60ebabb8-3ae2-4021-85d7-d37fa8929a15', 1, 'broadcast', '2026-03-04 12:12:01+00', '{"txid":"819beff784b1d24f7cc5426642c918593b7e947b966107fb38ba862f6699cdf3","kind":"swap"}'),
	(129, '1ab8a475-374f-466b-8128-86f74a57af4e', 1, 'broadcast', '2026-03-04 12:12:01+00', '{"txid":"5a15cfafd137b2e68d237c73acdc9ec98cf117dd0a77ac642828cb76a67740d9","kind":"swap"}'),
	(130, '00cd2b16-8efc-4f33-a4c8-e484d7d33496', 1, 'broadcast', '2026-03-04 12:12:01+00', '{"txid":"f76ca705b68fa2d3818843c71ade0ab284a89ad27b0ca9b1c3a738abe11748d8","kind":"swap"}'),
	(138, '46a08454-f328-4fca-bd8f-40a2f2cedfdb', 1, 'triggered', '2026-03-04 12:12:01+00', NULL),
	(140, '79a4079a-9c53-4e45-a2ba-7899b5a4f953', 1, 'triggered', '2026-03-04 12:12:01+00', NULL),
	(84, 'b8b99e4e-0c82-43d5-8e83-e70a7f5180b9', 1, 'backed_off', '2026-03-04 12:10:31+00', '{"reason":"min_amount_out"}'),
	(85, 'f400db7c-9527-4a6c-aaee-7144c29d3305', 1, 'backed_off', '2026-03-04 12:10:31+00', '{"reason":"min_amount_out"}'),
	(90, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 2, 'confirmed', '2026-03-04 12:10:31+00', NULL),
	(91, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 3, 'rescheduled', '2026-03-04 12:10:31+00', '{"notBefore":"2026-03-04T12:11:31.000Z"}'),
	(92, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 4, 'confirmed', '2026-03-04 12:10:31+00', NULL),
	(100, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 3, 'sent', '2026-03-04 12:11:31+00', '{"txid":"94bc52ecc08fb8871e6e48f12e88558ec0015ebd526fab9fd8b184233b74d564"}'),
	(101, '83f0b8aa-4f48-468a-a623-7753149256f7', 1, 'sent', '2026-03-04 12:11:31+00', '{"txid":"673580d31eb7c54f8cc7cf3d9832d94cf246df910c1b4306a6a26cd70b84fc54"}'),
	(102, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 5, 'sent', '2026-03-04 12:11:31+00', '{"txid":"785fbfd8940711df844926ec2410db8c141b56a808dca274054e964404a9b459"}'),
	(103, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 3, 'confirmed', '2026-03-04 12:11:31+00', NULL),
	(104, '7cbd61b9-1e0f-405c-8fd4-7952948df902', NULL, 'completed', '2026-03-04 12:11:31+00', NULL),
	(105, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 5, 'confirmed', '2026-03-04 12:11:31+00', NULL),
	(106, 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', NULL, 'completed', '2026-03-04 12:11:31+00', NULL),
	(107, '83f0b8aa-4f48-468a-a623-7753149256f7', 1, 'reverted', '2026-03-04 12:11:31+00', '{"txid":"673580d31eb7c54f8cc7cf3d9832d94cf246df910c1b4306a6a26cd70b84fc54","reason":"insufficient_balance"}'),
	(112, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'reverted', '2026-03-04 12:11:31+00', '{"txid":"ef8b4eb5e75a4ceffc3a3a7c25cb4db4796ee3276b841a3623b2e49a774d6149","reason":"insufficient_balance"}'),
	(115, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'reverted', '2026-03-04 12:11:41+00', '{"txid":"83f942d6171cffe68912c82544ef86501b3838fdc72df4925009308170f9c712","reason":"insufficient_balance"}'),
	(117, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'sent', '2026-03-04 12:11:51+00', '{"txid":"0d838dc1528be66c7db06618101033bdf8487b65c93c8b7c111d8b34d50c00dd"}'),
	(122, '00cd2b16-8efc-4f33-a4c8-e484d7d33496', NULL, 'created', '2026-03-04 12:12:01+00', NULL),
	(131, '00cd2b16-8efc-4f33-a4c8-e484d7d33496', 1, 'sent', '2026-03-04 12:12:01+00', '{"txid":"f76ca705b68fa2d3818843c71ade0ab284a89ad27b0ca9b1c3a738abe11748d8"}'),
	(132, '1ab8a475-374f-466b-8128-86f74a57af4e', 1, 'sent', '2026-03-04 12:12:01+00', '{"txid":"5a15cfafd137b2e68d237c73acdc9ec98cf117dd0a77ac642828cb76a67740d9"}'),
	(133, '60ebabb8-3ae2-4021-85d7-d37fa8929a15', 1, 'sent', '2026-03-04 12:12:01+00', '{"txid":"819beff784b1d24f7cc5426642c918593b7e947b966107fb38ba862f6699cdf3"}'),
	(114, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'sent', '2026-03-04 12:11:41+00', '{"txid":"83f942d6171cffe68912c82544ef86501b3838fdc72df4925009308170f9c712"}'),
	(134, '00cd2b16-8efc-4f33-a4c8-e484d7d33496', 2, 'cancelled', '2026-03-04 12:12:01+00', NULL),
	(135, '00cd2b16-8efc-4f33-a4c8-e484d7d33496', 3, 'cancelled', '2026-03-04 12:12:01+00', NULL),
	(136, '00cd2b16-8efc-4f33-a4c8-e484d7d33496', NULL, 'cancel_requested', '2026-03-04 12:12:01+00', NULL),
	(121, '9872412c-3641-4a15-869b-5fd53264b35b', 1, 'sent', '2026-03-04 12:12:01+00', '{"txid":"cc98a9d2f7125b36d82a7b4db78eb2dcf63c08c28cd4a42a325f1cb6d93d18a8"}');
INSERT INTO public.order_numbers OVERRIDING SYSTEM VALUE VALUES
	(1, '7cbd61b9-1e0f-405c-8fd4-7952948df902', 'ST3Y74M5227FDVHREWPH773F5Y1W1ED8WXXVB0G1S'),
	(2, 'b8b99e4e-0c82-43d5-8e83-e70a7f5180b9', 'ST3Y74M5227FDVHREWPH773F5Y1W1ED8WXXVB0G1S');
INSERT INTO public.orders VALUES
	('ada5dd0c-d49c-45fc-9af1-570f3b72e30a', 'ada5dd0c-d49c-45fc-9af1-570f3b72e30a', 'charisma', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, 'gt', 0, NULL, NULL, NULL, NULL, 'c6d2e7e082eff0db718d565ac7e6893485b1016acdb5a59464fe627c2d4b56d058e5ca7044e58de2d2f63efa150bf7788c8c75ecee66b676cf18ce33d19bb05301', NULL, '{"metadata":{"note":"completed"}}', 'completed', NULL, '2026-03-04 12:00:00+00', '2026-03-04 12:00:00+00', false, 'signed', NULL, NULL, NULL, false, NULL, 'continue', 'quote'),
	('2e1934ab-a880-47ab-a6ae-4856e7c98cce', '2e1934ab-a880-47ab-a6ae-4856e7c98cce', 'charisma', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, 'gt', 0, NULL, NULL, NULL, NULL, 'd5ebf5883d965d0c67d3426a33feef4725fd1c28680d0cf704f262327578f5f92c94bca6a1d6d906f47405fc2445ddfba6e0c8ee541821858a72a8505b2a8ed200', NULL, '{"metadata":{"note":"failed"}}', 'failed', 'insufficient_balance', '2026-03-04 12:01:00+00', '2026-03-04 12:01:30+00', false, 'signed', NULL, NULL, NULL, false, NULL, 'continue', 'quote'),
	('5ef3aa09-d21a-4032-ab08-52fc3597a91e', '5ef3aa09-d21a-4032-ab08-52fc3597a91e', 'charisma', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'manual', NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:03:30+00', NULL, NULL, '84de65ffc8d624985b981946e5300033d39521c48381122bf46cd0535368bbf059c9f85f028d673d152e6dc32b96ac01ac88edbc3c0c82e2d9790bbaca87acca00', NULL, '{"metadata":{"note":"expired"}}', 'expired', 'expired', '2026-03-04 12:02:30+00', '2026-03-04 12:04:30+00', false, 'signed', NULL, NULL, NULL, false, NULL, 'continue', 'quote'),
	('8707ee23-6e15-4bff-bad1-f0593531b5e6', '8707ee23-6e15-4bff-bad1-f0593531b5e6', 'charisma', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'manual', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '00d5c075185e82ce0d3c0bcdb7ae3eb680f207c22de582f51a0a188a758cedcd32dfac40010b0132f16ab0c34ea3fbeba4cba29e496a02bdec095ff6d7a156cc01', NULL, '{"metadata":{"note":"cancelled"}}', 'cancelled', NULL, '2026-03-04 12:05:30+00', '2026-03-04 12:05:30+00', false, 'signed', NULL, NULL, NULL, false, NULL, 'continue', 'quote'),
	('d8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 'd8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 'panora', 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '.stx', 2000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 100, NULL, NULL, '{"toWalletAddress":"ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5","panoraTxId":"0xd8bc7b24f4114b9b80d471a8d2eb29032593524ed9783a03ba5cbb912e78f9c9","platformId":"e97108d4b85044e5a616a648212a48a6","slippagePercentage":"1","interval":{"value":"1","timePeriod":"minute"}}', 'completed', NULL, '2026-03-04 12:05:30+00', '2026-03-04 12:06:30+00', false, 'managed', 'ST1A0N1HHTNB01STTZRZH57YFV27MDG3VG26333ES', 1, 'minute', false, NULL, 'continue', 'quote'),
	('c2d7cc03-9614-4d35-a8a2-93f363d21551', 'c2d7cc03-9614-4d35-a8a2-93f363d21551', 'panora', 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '.stx', 12000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 100, NULL, NULL, '{"toWalletAddress":"ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5","panoraTxId":"0xc2d7cc0396144d35a8a293f363d21551283b5534b5ba64ef9403c5bfe7d15d20","platformId":"e97108d4b85044e5a616a648212a48a6","slippagePercentage":"1","interval":{"value":"1","timePeriod":"minute"}}', 'cancelled', NULL, '2026-03-04 12:07:30+00', '2026-03-04 12:07:30+00', false, 'managed', 'ST1A0N1HHTNB01STTZRZH57YFV27MDG3VG26333ES', 1, 'minute', false, NULL, 'continue', 'quote'),
	('6c1d99b8-c6cb-47d1-b0ec-6c8b7c1bb19a', '6c1d99b8-c6cb-47d1-b0ec-6c8b7c1bb19a', 'panora', 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '.stx', 3000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, NULL, NULL, NULL, NULL, 3000000000, 100, NULL, NULL, '{"toWalletAddress":"ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5","minRateToTokenPerFromToken":"1000","panoraTxId":"0x6c1d99b8c6cb47d1b0ec6c8b7c1bb19af1a70cf47312ad5bd3a6963d35cb5405","platformId":"e97108d4b85044e5a616a648212a48a6","slippagePercentage":"1","interval":{"value":"1","timePeriod":"minute"}}', 'open', NULL, '2026-03-04 12:09:30+00', NULL, false, 'managed', 'ST1A0N1HHTNB01STTZRZH57YFV27MDG3VG26333ES', 1, 'minute', false, NULL, 'continue', 'quote'),
	('2fe36e1a-1720-4301-b1f0-fe15335b2057', '2fe36e1a-1720-4301-b1f0-fe15335b2057', 'panora_limit', 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, NULL, NULL, NULL, NULL, 1000000000, 100, NULL, NULL, '{"toWalletAddress":"ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5","fromWalletAddress":"ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5","rateToTokenPerFromToken":"1000","panoraTxId":"0x2fe36e1a17204301b1f0fe15335b205750f62c3d3782e9749d59a67b78f48ee4","platformId":"e97108d4b85044e5a616a648212a48a6","slippagePercentage":"1"}', 'open', NULL, '2026-03-04 12:09:30+00', NULL, false, 'managed', 'ST1A0N1HHTNB01STTZRZH57YFV27MDG3VG26333ES', NULL, NULL, false, NULL, 'continue', 'quote'),
	('97b9e7b0-e415-46f3-bef7-6f79dd29a7f9', '97b9e7b0-e415-46f3-bef7-6f79dd29a7f9', 'panora_limit', 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, NULL, NULL, NULL, '2026-03-05 12:09:30+00', 1000000000, 100, NULL, NULL, '{"toWalletAddress":"ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5","fromWalletAddress":"ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5","rateToTokenPerFromToken":"1000","panoraTxId":"0x97b9e7b0e41546f3bef76f79dd29a7f96e3fc6ee4c567cc0ea4b586dd059f57e","platformId":"e97108d4b85044e5a616a648212a48a6","slippagePercentage":"1","expiry":{"value":"1","timePeriod":"day"}}', 'open', NULL, '2026-03-04 12:09:30+00', NULL, false, 'managed', 'ST1A0N1HHTNB01STTZRZH57YFV27MDG3VG26333ES', NULL, NULL, false, NULL, 'continue', 'quote'),
	('b8b99e4e-0c82-43d5-8e83-e70a7f5180b9', 'b8b99e4e-0c82-43d5-8e83-e70a7f5180b9', 'swapcoffee', 'ST3Y74M5227FDVHREWPH773F5Y1W1ED8WXXVB0G1S', 'ST3Y74M5227FDVHREWPH773F5Y1W1ED8WXXVB0G1S', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '.stx', 3000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, NULL, NULL, NULL, NULL, 1000000000000, 100, NULL, NULL, NULL, 'open', NULL, '2026-03-04 12:10:31+00', NULL, false, 'managed', 'ST1E6F93P3W2R9BGQ6R1EY44A81VGFJA8CVPZZYG4', NULL, NULL, false, 6, 'end', 'min'),
	('dcac6e56-b670-4084-8b5b-c2f886a2cbc6', 'dcac6e56-b670-4084-8b5b-c2f886a2cbc6', 'charisma', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'manual', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '1aded9a99a53b730de998e68c8c3c2bf336958ef9fd7f50f46f8998fe455dd7517ed207ca184ba2fbbeaf85967f66dc5793f1fe3219f912a8537d635e873832801', NULL, '{"metadata":{"note":"waits for a call"}}', 'open', NULL, '2026-03-04 12:10:31+00', NULL, false, 'signed', NULL, NULL, NULL, false, NULL, 'continue', 'quote'),
	('6335f27e-b58a-4170-b7d2-15a7df70b9b6', '6335f27e-b58a-4170-b7d2-15a7df70b9b6', 'charisma', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'price', '.stx', NULL, 'gt', 1000000000000000000000000, NULL, NULL, NULL, NULL, '87c2f159e8d1e40f6e72bbf86c5b0e397091d87e5b7e2b6e626be541ad3087371750f8978f7da20843e591078df55df5fde96e116a29e60067f309cf1827004201', NULL, '{"metadata":{"note":"waits for a price"}}', 'open', NULL, '2026-03-04 12:10:31+00', NULL, false, 'signed', NULL, NULL, NULL, false, NULL, 'continue', 'quote'),
	('dffea64a-5268-4bb2-ab0b-d5b07030ddb8', 'dffea64a-5268-4bb2-ab0b-d5b07030ddb8', 'charisma', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, 'gt', 0, '2026-03-04 18:10:31+00', NULL, NULL, NULL, '7f2e17539449bd5ea3a87fa295f06df53722ad9fe5cb38f6c738d02bbb39c95820e08c9b332a857a5b38c57f1a27c593f391e8b7426757b4368af8d5ef0b43c400', NULL, '{"metadata":{"note":"waits for its window"}}', 'open', NULL, '2026-03-04 12:10:31+00', NULL, false, 'signed', NULL, NULL, NULL, false, NULL, 'continue', 'quote'),
	('a5fbbcc4-2e82-4257-984d-dedbf8495fa7', 'a5fbbcc4-2e82-4257-984d-dedbf8495fa7', 'charisma', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, 'gt', 0, NULL, NULL, NULL, NULL, 'd6e9a58a83518abd4420060ec9991bfa3629e93e3398465082bd06b390f1ff7d56c5babfd924038bbe82fff9d9c0254fdeb183d281680c38017ffaf441345c4900', NULL, '{"metadata":{"note":"paused"}}', 'paused', NULL, '2026-03-04 12:10:31+00', NULL, false, 'signed', NULL, NULL, NULL, false, NULL, 'continue', 'quote'),
	('f400db7c-9527-4a6c-aaee-7144c29d3305', 'f400db7c-9527-4a6c-aaee-7144c29d3305', 'charisma', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, 'gt', 0, NULL, NULL, 100000000000, NULL, '8fe308eab3f9f7242c2e46a7a93b6ac689d1a2b0929821c4d4938485d2d85be1662ab8ffa01aeb64de70f1c85b29e0618c82568b7bb55980d7d630225cc515d101', NULL, '{"metadata":{"note":"waits for its minimum"}}', 'open', NULL, '2026-03-04 12:10:31+00', NULL, false, 'signed', NULL, NULL, NULL, false, NULL, 'continue', 'quote'),
	('9c4d551c-2bd0-4b03-8155-59d8892a4c0d', '9c4d551c-2bd0-4b03-8155-59d8892a4c0d', 'charisma', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'manual', NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:12:31+00', NULL, NULL, '7884b1da3f8a8c976896815b4bd21c4d9930f9b71acfa0bf10745ab059e8f7e7693d550e5c0d3ceda0b0f9c979e76d97e6924ed4d0610a376ae9546d0ced382301', NULL, '{"metadata":{"note":"past its window, unswept"}}', 'open', NULL, '2026-03-04 12:10:31+00', NULL, false, 'signed', NULL, NULL, NULL, false, NULL, 'continue', 'quote'),
	('83f0b8aa-4f48-468a-a623-7753149256f7', '83f0b8aa-4f48-468a-a623-7753149256f7', 'charisma', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, 'gt', 0, NULL, NULL, NULL, NULL, 'ea957f2c60425e2912644ba5b8c899ae90655e67f4d8e9232bfc1c81cc645e4339040fed7503a5b637b3bac6b5d8605d5a3856eb30a54af0043b3306b77c0d8700', NULL, '{"metadata":{"note":"retry to come"}}', 'open', NULL, '2026-03-04 12:11:31+00', NULL, false, 'signed', NULL, NULL, NULL, false, NULL, 'continue', 'quote'),
	('9872412c-3641-4a15-869b-5fd53264b35b', '9872412c-3641-4a15-869b-5fd53264b35b', 'charisma', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, 'gt', 0, NULL, NULL, NULL, NULL, '5f3792bcb24fa1fc75d69c3b71ed0a40a9a25544ac471e298d4ab10c470254701ab542ef944f7afbfd13a974b02b7cb1b7a42eebfcc28a7b1441fdd5f3cec9bf01', NULL, '{"metadata":{"note":"spend in flight"}}', 'open', NULL, '2026-03-04 12:11:31+00', NULL, false, 'signed', NULL, NULL, NULL, false, NULL, 'continue', 'quote'),
	('60ebabb8-3ae2-4021-85d7-d37fa8929a15', '60ebabb8-3ae2-4021-85d7-d37fa8929a15', 'charisma', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, 'gt', 0, NULL, NULL, NULL, NULL, '7de41e3e1d39d4716ade8c8815c13d98683b662068b92f88e96e373059a3a5947b1da3969eb8ec51d74e785dcfe168462bc702e2275b2c19e9fa157c220cd56300', NULL, '{"metadata":{"note":"sent"}}', 'open', NULL, '2026-03-04 12:12:01+00', NULL, false, 'signed', NULL, NULL, NULL, false, NULL, 'continue', 'quote'),
	('1ab8a475-374f-466b-8128-86f74a57af4e', '1ab8a475-374f-466b-8128-86f74a57af4e', 'charisma', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, 'gt', 0, NULL, NULL, NULL, NULL, '062f42bb050ef1f9699c1547ff6e1a7d4bf594630d83af8ab4ea836c420a2f2d21b54dbbf8540f856a6dddd4145f0a15bc79f5521d99ca3df9524b2196dbfe1c00', NULL, '{"metadata":{"note":"stored, perhaps not sent"}}', 'open', NULL, '2026-03-04 12:12:01+00', NULL, false, 'signed', NULL, NULL, NULL, false, NULL, 'continue', 'quote'),
	('46a08454-f328-4fca-bd8f-40a2f2cedfdb', '46a08454-f328-4fca-bd8f-40a2f2cedfdb', 'charisma', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, 'gt', 0, NULL, NULL, NULL, NULL, '24dab4e928c2d37537c83c2a5d5e419e53a91e9c68e77def00eef1cec69dd0194972d388cac9fcec81969a30a23a61280db59fb1e78cbe41e65989ea46ee952b01', NULL, '{"metadata":{"note":"claimed by a worker that died"}}', 'open', NULL, '2026-03-04 12:12:01+00', NULL, false, 'signed', NULL, NULL, NULL, false, NULL, 'continue', 'quote'),
	('79a4079a-9c53-4e45-a2ba-7899b5a4f953', '79a4079a-9c53-4e45-a2ba-7899b5a4f953', 'charisma', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', '.stx', 1000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, 'gt', 0, NULL, NULL, NULL, NULL, 'a4cbf11e07a590292df568a3aada4493ccae8a06a5e8fe88c092d643f468a74f0edbc80c5899cf9bb4d8f5ae34734508e12ebcc65678c4ddf6430100720fedf201', NULL, '{"metadata":{"note":"queued"}}', 'open', NULL, '2026-03-04 12:12:01+00', NULL, false, 'signed', NULL, NULL, NULL, false, NULL, 'continue', 'quote'),
	('7cbd61b9-1e0f-405c-8fd4-7952948df902', '7cbd61b9-1e0f-405c-8fd4-7952948df902', 'swapcoffee', 'ST3Y74M5227FDVHREWPH773F5Y1W1ED8WXXVB0G1S', 'ST3Y74M5227FDVHREWPH773F5Y1W1ED8WXXVB0G1S', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '.stx', 3000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 100, NULL, NULL, NULL, 'completed', NULL, '2026-03-04 12:09:30+00', '2026-03-04 12:11:31+00', false, 'managed', 'ST1E6F93P3W2R9BGQ6R1EY44A81VGFJA8CVPZZYG4', 60, 'second', true, 6, 'end', 'quote'),
	('a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 'a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 'panora', 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '.stx', 5000003, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 100, NULL, NULL, '{"toWalletAddress":"ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5","panoraTxId":"0xa57fdc37c1db479d9c9b01fe142b7e2f07ab7ef5c43fc400725c653b0539377c","platformId":"e97108d4b85044e5a616a648212a48a6","slippagePercentage":"1","interval":{"value":"1","timePeriod":"minute"}}', 'completed', NULL, '2026-03-04 12:07:30+00', '2026-03-04 12:11:31+00', false, 'managed', 'ST1A0N1HHTNB01STTZRZH57YFV27MDG3VG26333ES', 1, 'minute', false, NULL, 'continue', 'quote'),
	('00cd2b16-8efc-4f33-a4c8-e484d7d33496', '00cd2b16-8efc-4f33-a4c8-e484d7d33496', 'panora', 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', '.stx', 12000000, 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.x-multihop-rc9', 2147483648, 'time', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 100, NULL, NULL, '{"toWalletAddress":"ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5","panoraTxId":"0x00cd2b168efc4f33a4c8e484d7d3349616c1024f0a0c33974f54d8515b44de1d","platformId":"e97108d4b85044e5a616a648212a48a6","slippagePercentage":"1","interval":{"value":"1","timePeriod":"minute"}}', 'cancelling', NULL, '2026-03-04 12:12:01+00', NULL, false, 'managed', 'ST1A0N1HHTNB01STTZRZH57YFV27MDG3VG26333ES', 1, 'minute', false, NULL, 'continue', 'quote');
INSERT INTO public.price_pairs OVERRIDING SYSTEM VALUE VALUES
	(1, '.stx', 'USD');
INSERT INTO public.price_points VALUES
	('.stx', '2026-03-04 12:12:01+00', 793561600000000000),
	('STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt', '2026-03-04 12:12:01+00', 999827000000000000),
	('STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token', '2026-03-04 12:12:01+00', 50364600000000000),
	('STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.welsh-token', '2026-03-04 12:12:01+00', 392490400000000),
	('STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.sbtc-token', '2026-03-04 12:12:01+00', 102098800000000000000000);
INSERT INTO public.reservations VALUES
	('d8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 2000000, 2000000, 0, 0, 0),
	('c2d7cc03-9614-4d35-a8a2-93f363d21551', 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 12000000, 0, 0, 0, 12000000),
	('6c1d99b8-c6cb-47d1-b0ec-6c8b7c1bb19a', 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 3000000, 0, 3000000, 0, 0),
	('2fe36e1a-1720-4301-b1f0-fe15335b2057', 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 1000000, 0, 1000000, 0, 0),
	('97b9e7b0-e415-46f3-bef7-6f79dd29a7f9', 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 1000000, 0, 1000000, 0, 0),
	('b8b99e4e-0c82-43d5-8e83-e70a7f5180b9', 'c2c6d822-db67-4a1b-bf1e-7c438a94ebca', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 3000000, 0, 3000000, 0, 0),
	('a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 5000003, 5000003, 0, 0, 0),
	('7cbd61b9-1e0f-405c-8fd4-7952948df902', 'c2c6d822-db67-4a1b-bf1e-7c438a94ebca', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 3000000, 3000000, 0, 0, 0),
	('00cd2b16-8efc-4f33-a4c8-e484d7d33496', 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 12000000, 0, 4000000, 4000000, 8000000);
INSERT INTO public.schema_migrations VALUES
	(1, 'orders', 'c273ebdace95c65162883dd3177d2c5131bee20841ac190130b7680d3ce1d983', '2026-11-28 00:11:44.893604+00'),
	(2, 'access', '15ee229efe486a7c0f723a8abbaad1c4b1f1b09c3056194d5607427b57c667ad', '2026-11-28 00:11:45.057553+00'),
	(3, 'prices', '2730e5ebbd1e50488b23c8ddc7bc41bf670e44a44521d5c16834da4ecb2a731c', '2026-11-28 00:11:45.092251+00'),
	(4, 'simulator', '7a93ef4b57bf41511717cde9296575fbcb7feba1e738d7f8171e7c4ac38fde86', '2026-11-28 00:11:45.098282+00'),
	(5, 'venues', '1b33a2812f4736455fd1b3eedc016d7bfd34cf837a907e68b8a149729dcc10f6', '2026-11-28 00:11:45.143082+00'),
	(6, 'schedules', '71283665498ccb4d9caccc9fbe3c913085e58a52966489af63072ec6bc951703', '2026-11-28 00:11:45.169223+00'),
	(7, 'accounts', '7c2ad8b5862951fcf515ad8804f46fe7f664b15339e0bc48c9b4ab300071569d', '2026-11-28 00:11:45.179129+00'),
	(9, 'order_numbers', 'df01ecf1ff18e78667e53c8e0a3107d25d3a9beca1269c37e89168cbe2cecf10', '2026-11-28 00:11:45.244591+00'),
	(10, 'vault_lists', '04efcae64cca6d8be3f1f39654f9201994e3a3122c79498e580a4ca78750e347', '2026-11-28 00:11:45.259576+00'),
	(11, 'sound_rows', '3d1dfda4af85474b56d8e97d8c59fdbd275f9bf7a473a542c8566c0c28137c68', '2026-11-28 00:11:45.271282+00');
INSERT INTO public.slices VALUES
	('ada5dd0c-d49c-45fc-9af1-570f3b72e30a', 1, 1000000, 'time', NULL, NULL, NULL, NULL, NULL, 'confirmed', NULL, NULL, NULL, NULL, 'c50a94a9-869c-4896-b99d-f7f93b24be2a', '2026-03-04 12:00:00.000001+00', NULL, NULL, NULL, NULL, NULL, 1, 3, 0, true, NULL, 'a41a628bca9832d71fea957c768e2b2a60b8eab09d4fff60dbf2d02f6b804845', 62493, 1, '2026-03-04 12:00:00+00', '2026-03-04 12:00:00+00', '2026-03-04 12:00:00+00', 0, NULL, NULL, NULL),
	('2e1934ab-a880-47ab-a6ae-4856e7c98cce', 1, 1000000, 'time', NULL, NULL, NULL, NULL, NULL, 'failed', 'insufficient_balance', NULL, NULL, NULL, 'dbeaf5db-9846-434a-a5ed-40cfeee7a83b', '2026-03-04 12:01:30.000001+00', NULL, NULL, NULL, NULL, NULL, 3, 3, 0, true, 'failed', '40b53e501fd2b71778aa068458454e20c4d6ac5ed75c171ecc052ea1d1495b1e', NULL, NULL, NULL, '2026-03-04 12:01:00+00', '2026-03-04 12:01:30+00', 0, NULL, NULL, NULL),
	('5ef3aa09-d21a-4032-ab08-52fc3597a91e', 1, 1000000, 'manual', NULL, NULL, NULL, NULL, '2026-03-04 12:03:30+00', 'expired', 'expired', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:02:30+00', '2026-03-04 12:04:30+00', 0, NULL, NULL, NULL),
	('8707ee23-6e15-4bff-bad1-f0593531b5e6', 1, 1000000, 'manual', NULL, NULL, NULL, NULL, NULL, 'cancelled', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:05:30+00', '2026-03-04 12:05:30+00', 0, NULL, NULL, NULL),
	('d8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 1, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:05:30+00', NULL, 'confirmed', NULL, NULL, NULL, NULL, 'ed06d3f3-ecb0-438a-9a79-530aa6904714', '2026-03-04 12:05:30.000001+00', NULL, NULL, NULL, NULL, NULL, 1, 3, 0, true, NULL, '805ed63d3b997409e6a6e8620b8123c6b614550cad900999bb0c81853b7d9422', 1249874, 6, '2026-03-04 12:05:30+00', '2026-03-04 12:05:30+00', '2026-03-04 12:05:30+00', 0, '6b8fe20c-f8cf-4b1f-ab65-f399ce10628c', NULL, NULL),
	('d8bc7b24-f411-4b9b-80d4-71a8d2eb2903', 2, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:06:30+00', NULL, 'confirmed', NULL, NULL, NULL, NULL, '2cdc2fe9-874a-4b07-bf05-964bf258afae', '2026-03-04 12:06:30.000001+00', NULL, NULL, NULL, NULL, NULL, 1, 3, 0, true, NULL, '44a9ac86ec4156c6fe0217c3e93374169d1f4c799a040b1e088e2827cd864b27', 1249873, 7, '2026-03-04 12:06:30+00', '2026-03-04 12:05:30+00', '2026-03-04 12:06:30+00', 0, 'd77f55ff-9a18-4308-92ba-02b1e98b2631', NULL, NULL),
	('c2d7cc03-9614-4d35-a8a2-93f363d21551', 1, 3000000, 'time', NULL, NULL, NULL, '2026-03-04 12:07:30+00', NULL, 'cancelled', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:07:30+00', '2026-03-04 12:07:30+00', 0, 'b98ad485-5694-4389-82e4-ebb61f89d386', NULL, NULL),
	('c2d7cc03-9614-4d35-a8a2-93f363d21551', 2, 3000000, 'time', NULL, NULL, NULL, '2026-03-04 12:08:30+00', NULL, 'cancelled', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:07:30+00', '2026-03-04 12:07:30+00', 0, '06538a9b-6dc9-460f-8ba6-78fe78d77241', NULL, NULL),
	('c2d7cc03-9614-4d35-a8a2-93f363d21551', 3, 3000000, 'time', NULL, NULL, NULL, '2026-03-04 12:09:30+00', NULL, 'cancelled', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:07:30+00', '2026-03-04 12:07:30+00', 0, 'c238bbe8-7809-4945-b9df-73ab84f60b3e', NULL, NULL),
	('c2d7cc03-9614-4d35-a8a2-93f363d21551', 4, 3000000, 'time', NULL, NULL, NULL, '2026-03-04 12:10:30+00', NULL, 'cancelled', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:07:30+00', '2026-03-04 12:07:30+00', 0, 'c61e22ab-bae9-4d74-acda-30dee16af160', NULL, NULL),
	('a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 1, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:07:30+00', NULL, 'confirmed', NULL, NULL, NULL, NULL, '1eefa06f-f43c-41a0-bf03-04b377f96681', '2026-03-04 12:07:30.000001+00', NULL, NULL, NULL, NULL, NULL, 1, 3, 0, true, NULL, '8b4a2d5578f3b00c1775dc81ec19e8c7eeb0811fe3ad08eb9ffe13dfc33f7d18', 1249871, 8, '2026-03-04 12:07:30+00', '2026-03-04 12:07:30+00', '2026-03-04 12:07:30+00', 0, 'f69e67be-9aa7-4c7c-8608-3446675e33c7', NULL, NULL),
	('a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 2, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:08:30+00', NULL, 'confirmed', NULL, NULL, NULL, NULL, '3c2d4686-47e1-4dd2-be4c-a08920b74730', '2026-03-04 12:08:30.000001+00', NULL, NULL, NULL, NULL, NULL, 1, 3, 0, true, NULL, '53f9de4b95714d706f4504a8933f5ba7b10c1cc4cdd815d98bed8de89ab004d9', 1249870, 9, '2026-03-04 12:08:30+00', '2026-03-04 12:07:30+00', '2026-03-04 12:08:30+00', 0, '7806c46a-5ff9-43e2-9ca0-64952e5d3a52', NULL, NULL),
	('6c1d99b8-c6cb-47d1-b0ec-6c8b7c1bb19a', 2, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:10:30+00', NULL, 'waiting', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:09:30+00', NULL, 0, '800f0f16-5e89-409d-8000-e64a9c62b88f', 1000000000000000000000, NULL),
	('6c1d99b8-c6cb-47d1-b0ec-6c8b7c1bb19a', 3, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:11:30+00', NULL, 'waiting', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:09:30+00', NULL, 0, '58683ecb-1cab-448e-ad85-c8748fe75368', 1000000000000000000000, NULL),
	('7cbd61b9-1e0f-405c-8fd4-7952948df902', 1, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:09:30+00', NULL, 'confirmed', NULL, NULL, NULL, NULL, '4112e377-8386-490b-8d83-6cc49192bfb9', '2026-03-04 12:09:30.000005+00', NULL, NULL, NULL, NULL, NULL, 1, 6, 0, true, NULL, '12ccd4500e0a7fc4304fb749085ec3a1a8d44e924a752675ecf2470ca38b245d', 1249868, 10, '2026-03-04 12:09:30+00', '2026-03-04 12:09:30+00', '2026-03-04 12:09:30+00', 0, 'a5544394-66a7-4b9a-9275-8e4d4d7bf1d1', NULL, NULL),
	('a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 3, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:09:30+00', NULL, 'confirmed', NULL, NULL, NULL, NULL, '0bff282b-1264-425a-ba23-27a243629ef9', '2026-03-04 12:09:30.000001+00', NULL, NULL, NULL, NULL, NULL, 1, 3, 0, true, NULL, 'da3497d8517a30641c50ff9e46f205dd9ccd27f3f39c8dbf4df83bd8fbef48c9', 1249869, 10, '2026-03-04 12:09:30+00', '2026-03-04 12:07:30+00', '2026-03-04 12:09:30+00', 0, '0b7083b6-bbd8-477a-abd6-66b2b1f19e89', NULL, NULL),
	('b8b99e4e-0c82-43d5-8e83-e70a7f5180b9', 2, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:10:31+00', NULL, 'waiting', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 6, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:10:31+00', NULL, 0, '504970e9-449e-46d8-ab1f-a62b5944fa0e', NULL, NULL),
	('b8b99e4e-0c82-43d5-8e83-e70a7f5180b9', 3, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:10:31+00', NULL, 'waiting', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 6, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:10:31+00', NULL, 0, 'b21dbab5-22b9-4acc-b34a-a1df87ebfd29', NULL, NULL),
	('dcac6e56-b670-4084-8b5b-c2f886a2cbc6', 1, 1000000, 'manual', NULL, NULL, NULL, NULL, NULL, 'waiting', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:10:31+00', NULL, 0, NULL, NULL, NULL),
	('6335f27e-b58a-4170-b7d2-15a7df70b9b6', 1, 1000000, 'price', 1, 1000000000000000000000000, NULL, NULL, NULL, 'waiting', NULL, NULL, 'rise', 1000000000000000000000000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:10:31+00', NULL, 0, NULL, NULL, NULL),
	('dffea64a-5268-4bb2-ab0b-d5b07030ddb8', 1, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 18:10:31+00', NULL, 'waiting', NULL, '2026-03-04 18:10:31+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:10:31+00', NULL, 0, NULL, NULL, NULL),
	('a5fbbcc4-2e82-4257-984d-dedbf8495fa7', 1, 1000000, 'time', NULL, NULL, NULL, NULL, NULL, 'waiting', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:10:31+00', NULL, 0, NULL, NULL, NULL),
	('9c4d551c-2bd0-4b03-8155-59d8892a4c0d', 1, 1000000, 'manual', NULL, NULL, NULL, NULL, '2026-03-04 12:12:31+00', 'waiting', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:10:31+00', NULL, 0, NULL, NULL, NULL),
	('7cbd61b9-1e0f-405c-8fd4-7952948df902', 2, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:10:30+00', NULL, 'confirmed', NULL, NULL, NULL, NULL, '0bbd082c-d83e-417e-b7a3-2b6337e54449', '2026-03-04 12:10:31.000005+00', NULL, NULL, NULL, NULL, NULL, 1, 6, 0, true, NULL, '8fdf20f9bfadebe8a2a8b0a926e076d4b0d1164fe2670a75e8df75af91a54327', 1249865, 11, '2026-03-04 12:10:31+00', '2026-03-04 12:09:30+00', '2026-03-04 12:10:31+00', 0, '1a71d53b-ee58-4684-91ec-a32dd255cbdf', NULL, NULL),
	('a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 4, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:10:30+00', NULL, 'confirmed', NULL, NULL, NULL, NULL, '5f30e518-ef86-4818-b2c8-bc84add0448a', '2026-03-04 12:10:31.000004+00', NULL, NULL, NULL, NULL, NULL, 1, 3, 0, true, NULL, '6737c1b9cd675248ff36b43fa4726a364477ec4073de61491297dc5971629470', 1249866, 11, '2026-03-04 12:10:31+00', '2026-03-04 12:07:30+00', '2026-03-04 12:10:31+00', 0, '28d9d93b-946f-463e-af34-5a8f13f7d9f6', NULL, NULL),
	('7cbd61b9-1e0f-405c-8fd4-7952948df902', 3, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:11:31+00', NULL, 'confirmed', NULL, NULL, NULL, NULL, 'b189814d-b971-4a68-b23f-4ca56de1c61f', '2026-03-04 12:11:31.000007+00', NULL, NULL, NULL, NULL, NULL, 1, 6, 0, true, NULL, '94bc52ecc08fb8871e6e48f12e88558ec0015ebd526fab9fd8b184233b74d564', 1249863, 12, '2026-03-04 12:11:31+00', '2026-03-04 12:09:30+00', '2026-03-04 12:11:31+00', 0, 'fa25d798-a2b2-417f-a280-f835ee432d7f', NULL, NULL),
	('a57fdc37-c1db-479d-9c9b-01fe142b7e2f', 5, 1000003, 'time', NULL, NULL, NULL, '2026-03-04 12:11:30+00', NULL, 'confirmed', NULL, NULL, NULL, NULL, 'f6dd8a0a-e3b1-497b-912a-aa7a1e6c3aeb', '2026-03-04 12:11:31.000006+00', NULL, NULL, NULL, NULL, NULL, 1, 3, 0, true, NULL, '785fbfd8940711df844926ec2410db8c141b56a808dca274054e964404a9b459', 1249866, 12, '2026-03-04 12:11:31+00', '2026-03-04 12:07:30+00', '2026-03-04 12:11:31+00', 0, '64c45284-3b23-4359-ae0e-98b63f7b494e', NULL, NULL),
	('2fe36e1a-1720-4301-b1f0-fe15335b2057', 1, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:09:30+00', NULL, 'waiting', 'rate_out_of_bounds', '2026-03-04 12:12:33+00', NULL, NULL, '54d1764a-d6e8-449b-9f51-c6a620ce90a8', '2026-03-04 12:12:01.000002+00', NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:09:30+00', NULL, 5, '21c07092-2f59-4ccf-8ac1-4a2dbf71a754', 1000000000000000000000, NULL),
	('6c1d99b8-c6cb-47d1-b0ec-6c8b7c1bb19a', 1, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:09:30+00', NULL, 'waiting', 'rate_out_of_bounds', '2026-03-04 12:12:33+00', NULL, NULL, '97420179-fc86-4f48-b9da-46df01727c40', '2026-03-04 12:12:01.000003+00', NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:09:30+00', NULL, 5, 'c2671ec0-ef76-40c3-97f0-906e12299cad', 1000000000000000000000, NULL),
	('9872412c-3641-4a15-869b-5fd53264b35b', 1, 1000000, 'time', NULL, NULL, NULL, NULL, NULL, 'broadcast', 'insufficient_balance', NULL, NULL, NULL, '7a0d1b5d-86eb-4053-bdc7-50ab76412ccb', '2026-03-04 12:12:01.000001+00', NULL, NULL, NULL, NULL, NULL, 3, 3, 0, true, 'failed', 'cc98a9d2f7125b36d82a7b4db78eb2dcf63c08c28cd4a42a325f1cb6d93d18a8', NULL, NULL, NULL, '2026-03-04 12:11:31+00', NULL, 0, NULL, NULL, NULL),
	('60ebabb8-3ae2-4021-85d7-d37fa8929a15', 1, 1000000, 'time', NULL, NULL, NULL, NULL, NULL, 'broadcast', NULL, NULL, NULL, NULL, 'd7722d23-5770-43bc-80c7-bcf6eb2aa13d', '2026-03-04 12:12:01.000001+00', NULL, NULL, NULL, NULL, NULL, 1, 3, 0, true, NULL, '819beff784b1d24f7cc5426642c918593b7e947b966107fb38ba862f6699cdf3', NULL, NULL, NULL, '2026-03-04 12:12:01+00', NULL, 0, NULL, NULL, NULL),
	('1ab8a475-374f-466b-8128-86f74a57af4e', 1, 1000000, 'time', NULL, NULL, NULL, NULL, NULL, 'broadcast', NULL, NULL, NULL, NULL, 'b642720b-9d24-4a7f-9f8d-12eaec54aaf1', '2026-03-04 12:12:01.000002+00', NULL, NULL, NULL, NULL, NULL, 1, 3, 0, true, NULL, '5a15cfafd137b2e68d237c73acdc9ec98cf117dd0a77ac642828cb76a67740d9', NULL, NULL, NULL, '2026-03-04 12:12:01+00', NULL, 0, NULL, NULL, NULL),
	('46a08454-f328-4fca-bd8f-40a2f2cedfdb', 1, 1000000, 'time', NULL, NULL, NULL, NULL, NULL, 'executing', NULL, NULL, NULL, NULL, '5476b11d-9d6b-46e4-b777-5e06dff2dafc', '2026-03-04 12:12:01.000001+00', '2026-03-04 12:12:31+00', NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:12:01+00', NULL, 0, NULL, NULL, NULL),
	('79a4079a-9c53-4e45-a2ba-7899b5a4f953', 1, 1000000, 'time', NULL, NULL, NULL, NULL, NULL, 'executing', NULL, NULL, NULL, NULL, '58f2b3b9-0624-40ed-8b6c-2c5ce478b585', '2026-03-04 12:12:01.000001+00', NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:12:01+00', NULL, 0, NULL, NULL, NULL),
	('b8b99e4e-0c82-43d5-8e83-e70a7f5180b9', 1, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:10:31+00', NULL, 'waiting', 'min_amount_out', '2026-03-04 12:12:07+00', NULL, NULL, '4715a161-824c-441e-823d-9093ad3dd6ca', '2026-03-04 12:11:51.000002+00', NULL, NULL, NULL, NULL, NULL, 0, 6, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:10:31+00', NULL, 4, '448c885b-e9ee-48ee-878b-0b73f3df1530', NULL, NULL),
	('f400db7c-9527-4a6c-aaee-7144c29d3305', 1, 1000000, 'time', NULL, NULL, NULL, NULL, NULL, 'waiting', 'min_amount_out', '2026-03-04 12:12:07+00', NULL, NULL, '70dc431c-3f9b-4486-8219-69044d866d34', '2026-03-04 12:11:51.000003+00', NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:10:31+00', NULL, 4, NULL, NULL, NULL),
	('83f0b8aa-4f48-468a-a623-7753149256f7', 1, 1000000, 'time', NULL, NULL, NULL, NULL, NULL, 'waiting', 'insufficient_balance', '2026-03-04 12:15:01+00', NULL, NULL, 'dcb47f02-fc5e-48d7-b008-d10f3170e9a6', '2026-03-04 12:11:31.000008+00', NULL, NULL, NULL, NULL, NULL, 1, 3, 0, true, NULL, '673580d31eb7c54f8cc7cf3d9832d94cf246df910c1b4306a6a26cd70b84fc54', NULL, NULL, NULL, '2026-03-04 12:11:31+00', NULL, 0, NULL, NULL, NULL),
	('97b9e7b0-e415-46f3-bef7-6f79dd29a7f9', 1, 1000000, 'time', NULL, NULL, NULL, '2026-03-04 12:09:30+00', '2026-03-05 12:09:30+00', 'waiting', 'rate_out_of_bounds', '2026-03-04 12:12:33+00', NULL, NULL, '8eaf4da9-0628-43ea-b95e-06453cd94bb5', '2026-03-04 12:12:01.000004+00', NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:09:30+00', NULL, 5, '74581f26-ae6f-4c15-a0f6-8d701c1ba32e', 1000000000000000000000, NULL),
	('00cd2b16-8efc-4f33-a4c8-e484d7d33496', 1, 4000000, 'time', NULL, NULL, NULL, '2026-03-04 12:12:01+00', NULL, 'broadcast', NULL, NULL, NULL, NULL, 'f72a3eef-bc4c-4262-a43c-295d432a34ca', '2026-03-04 12:12:01.000003+00', NULL, NULL, NULL, NULL, NULL, 1, 3, 0, true, NULL, 'f76ca705b68fa2d3818843c71ade0ab284a89ad27b0ca9b1c3a738abe11748d8', NULL, NULL, NULL, '2026-03-04 12:12:01+00', NULL, 0, '67843b19-96b7-4c89-8db9-9963c13d0695', NULL, NULL),
	('00cd2b16-8efc-4f33-a4c8-e484d7d33496', 2, 4000000, 'time', NULL, NULL, NULL, '2026-03-04 12:13:01+00', NULL, 'cancelled', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:12:01+00', '2026-03-04 12:12:01+00', 0, '9f95c5f4-7e4e-4619-9805-2469731308eb', NULL, NULL),
	('00cd2b16-8efc-4f33-a4c8-e484d7d33496', 3, 4000000, 'time', NULL, NULL, NULL, '2026-03-04 12:14:01+00', NULL, 'cancelled', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 3, 0, false, NULL, NULL, NULL, NULL, NULL, '2026-03-04 12:12:01+00', '2026-03-04 12:12:01+00', 0, 'bbd99bf9-ea28-4acf-9075-ba935cce066c', NULL, NULL);
INSERT INTO public.solvers VALUES
	('ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 26);
INSERT INTO public.used_messages VALUES
	('ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', '\x23c212d812e2cbea4ffc07dd603833d6185c0b354e57cb2343bcbe7617c5b26b', 'create_api_key', '2026-03-04 12:00:00+00', '2026-03-04 12:05:00+00'),
	('ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', '\x70d5aeadc8ea0082da8b2fb009b21e3b2a895fff9b2fd646e4f2b323c14b9a7d', 'cancel_order', '2026-03-04 12:05:30+00', '2026-03-04 12:10:30+00'),
	('ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', '\xf5604ce9ea17d8ab21dc5a1e85e7dc6ed00860dafed1e43a57d30069cc69a675', 'pause_order', '2026-03-04 12:10:31+00', '2026-03-04 12:15:31+00');
INSERT INTO public.withdrawal_transactions OVERRIDING SYSTEM VALUE VALUES
	(1, 'a96f35e1-70d7-463a-bc75-d29c8ec1c9b7', 'c6c821afc2f38a69ac1be007c0a9bec0b00e87e4261d68516522bbef8e3a57f0', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a32332c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e746f6b656e2d73757364742d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253543358464258433158384346504d33595a4a4a33454a54325443564b4a4847505a39425a465735222c2275756964223a2230666265393239332d613263362d343163342d383333302d633530343965643732323738222c22636861696e223a323134373438333634382c226f776e6572223a2253543141304e314848544e4230315354545a525a48353759465632374d444733564732363333334553222c227369676e6174757265223a2233346232326263346137313837666565636538343336353430383961313637646662386163353937653935386338656336626663353836383239333737616539333031353665383966313536316636656432353732383434366163616665663964373361633263636663366333613436636537636431646232393339376437333031222c227472616e73666572223a747275657d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 23, 3000, true, false, 1, '2026-03-04 12:12:01+00', '2026-03-04 12:12:01+00');
INSERT INTO public.withdrawals VALUES
	('a96f35e1-70d7-463a-bc75-d29c8ec1c9b7', 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 1000000, 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', '0fbe9293-a2c6-41c4-8330-c5049ed72278', 'sent', NULL, 1, NULL, 'c6c821afc2f38a69ac1be007c0a9bec0b00e87e4261d68516522bbef8e3a57f0', NULL, '2026-03-04 12:12:01+00', NULL, false),
	('3b95ab82-3521-4b51-8fea-596f6bf9d3ab', 'b658d161-3293-43b2-a486-21967f7f6a91', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 2000000, 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', '3e7c6754-beaa-4a8a-983f-dc3e707be318', 'waiting', NULL, 0, '2026-03-04 12:12:01+00', NULL, NULL, '2026-03-04 12:12:01+00', NULL, false);
INSERT INTO simulator.accounts VALUES
	('ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', '.stx', 999999999999943000),
	('STPCCYTBQMDQQ51GM2DA0DWP6148VN9FYE3S2S9W', '.stx', 57000),
	('ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 1000000000000),
	('ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', 1000000000000),
	('ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.welsh-token-subnet-v1', 1000000000000),
	('ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.sbtc-token-subnet-v1', 1000000000000),
	('ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', '.stx', 1000000000000),
	('ST1A0N1HHTNB01STTZRZH57YFV27MDG3VG26333ES', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 992999997),
	('ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', '.stx', 8749089),
	('ST1E6F93P3W2R9BGQ6R1EY44A81VGFJA8CVPZZYG4', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 47000000),
	('ST3Y74M5227FDVHREWPH773F5Y1W1ED8WXXVB0G1S', '.stx', 3749596);
INSERT INTO simulator.blocks VALUES
	(1, '2026-03-04 12:00:00+00', 1),
	(2, '2026-03-04 12:01:00+00', 1),
	(3, '2026-03-04 12:01:10+00', 1),
	(4, '2026-03-04 12:01:20+00', 1),
	(5, '2026-03-04 12:01:30+00', 1),
	(6, '2026-03-04 12:05:30+00', 1),
	(7, '2026-03-04 12:06:30+00', 1),
	(8, '2026-03-04 12:07:30+00', 1),
	(9, '2026-03-04 12:08:30+00', 1),
	(10, '2026-03-04 12:09:30+00', 2),
	(11, '2026-03-04 12:10:31+00', 2),
	(12, '2026-03-04 12:11:31+00', 3),
	(13, '2026-03-04 12:11:31+00', 1),
	(14, '2026-03-04 12:11:41+00', 1),
	(15, '2026-03-04 12:11:51+00', 1);
INSERT INTO simulator.mempool VALUES
	('ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 19, 'cc98a9d2f7125b36d82a7b4db78eb2dcf63c08c28cd4a42a325f1cb6d93d18a8', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a31392c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e6368617269736d612d746f6b656e2d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2239383732343132632d333634312d346131352d383639622d356664353332363462333562222c22636861696e223a323134373438333634382c226f776e6572223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c227369676e6174757265223a2235663337393262636232346661316663373564363963336237316564306134306139613235353434616334373165323938643461623130633437303235343730316162353432656639343466376166626664313361393734623032623763623162376134326565626663633238613762313434316664643566336365633962663031227d', 3000, '2026-03-04 12:12:01+00'),
	('ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 20, '819beff784b1d24f7cc5426642c918593b7e947b966107fb38ba862f6699cdf3', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a32302c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e6368617269736d612d746f6b656e2d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2236306562616262382d336165322d343032312d383564372d643337666138393239613135222c22636861696e223a323134373438333634382c226f776e6572223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c227369676e6174757265223a2237646534316533653164333964343731366164653863383831356331336439383638336236363230363862393266383865393665333733303539613361353934376231646133393639656238656335316437346537383564636665313638343632626337303265323237356232633139653966613135376332323063643536333030222c2273776170223a7b22726563697069656e74223a225354324833345351323342503556373051475a455659344a414e44384e58413538544a473738335637222c22627579223a222e737478222c226d696e223a223631383639222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d6368617269736d612d746f6b656e2d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d636861222c315d5d7d7d', 3000, '2026-03-04 12:12:01+00'),
	('ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 23, 'c6c821afc2f38a69ac1be007c0a9bec0b00e87e4261d68516522bbef8e3a57f0', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a32332c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e746f6b656e2d73757364742d7375626e65742d7631222c22616d6f756e74223a2231303030303030222c22746172676574223a2253543358464258433158384346504d33595a4a4a33454a54325443564b4a4847505a39425a465735222c2275756964223a2230666265393239332d613263362d343163342d383333302d633530343965643732323738222c22636861696e223a323134373438333634382c226f776e6572223a2253543141304e314848544e4230315354545a525a48353759465632374d444733564732363333334553222c227369676e6174757265223a2233346232326263346137313837666565636538343336353430383961313637646662386163353937653935386338656336626663353836383239333737616539333031353665383966313536316636656432353732383434366163616665663964373361633263636663366333613436636537636431646232393339376437333031222c227472616e73666572223a747275657d', 3000, '2026-03-04 12:12:01+00'),
	('ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 22, 'f76ca705b68fa2d3818843c71ade0ab284a89ad27b0ca9b1c3a738abe11748d8', '\x7b22736f6c766572223a22535433585434483954355a535a3948314a485a464a54524341484d4344585945594a48334743324231222c226e6f6e6365223a32322c22666565223a2233303030222c22746f6b656e223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e746f6b656e2d73757364742d7375626e65742d7631222c22616d6f756e74223a2234303030303030222c22746172676574223a2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e782d6d756c7469686f702d726339222c2275756964223a2236373834336231392d393662372d346338392d386462392d393936336331336430363935222c22636861696e223a323134373438333634382c226f776e6572223a2253543141304e314848544e4230315354545a525a48353759465632374d444733564732363333334553222c227369676e6174757265223a2235633536663465386466386466663031383236333961636536623238336337636533393962613863646530326236666332613730656561343461303666336331346133313835393966666633666662626538333666303239366363666162633164353238636661333031653531336535653235306665393563333132633231633030222c2273776170223a7b22726563697069656e74223a2253543358464258433158384346504d33595a4a4a33454a54325443564b4a4847505a39425a465735222c22627579223a222e737478222c226d696e223a2234393439343436222c22686f7073223a5b5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e7375626c696e6b2d746f6b656e2d73757364742d7375626e65742d7631222c365d2c5b2253545a4b30375452354239534a33574d43335647504e485a4250524e5356523757424d424e595a382e706f6f6c2d7374782d7375736474222c315d5d7d7d', 3000, '2026-03-04 12:12:01+00');
INSERT INTO simulator.nonces VALUES
	('ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 19);
INSERT INTO simulator.pools VALUES
	('STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.pool-stx-welsh', '.stx', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.welsh-token', 2500000000000, 5000000000000000),
	('STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.pool-stx-sbtc', '.stx', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.sbtc-token', 2500000000000, 2000000000),
	('STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.pool-susdt-cha', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token', 2000000000000, 40000000000000),
	('STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.pool-susdt-welsh', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.welsh-token', 2000000000000, 5000000000000000),
	('STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.pool-susdt-sbtc', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.sbtc-token', 2000000000000, 2000000000),
	('STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.pool-cha-welsh', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.welsh-token', 40000000000000, 5000000000000000),
	('STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.pool-cha-sbtc', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.sbtc-token', 40000000000000, 2000000000),
	('STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.pool-welsh-sbtc', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.welsh-token', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.sbtc-token', 5000000000000000, 2000000000),
	('STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.pool-stx-cha', '.stx', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token', 2499999937507, 40000001000000),
	('STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.pool-stx-susdt', '.stx', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt', 2499987501315, 2000010000003);
INSERT INTO simulator.swaps OVERRIDING SYSTEM VALUE VALUES
	(1, 'ada5dd0c-d49c-45fc-9af1-570f3b72e30a', 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.charisma-token-subnet-v1', 1000000, '.stx', 62493, 'ST2H34SQ23BP5V70QGZEVY4JAND8NXA58TJG783V7', 'a41a628bca9832d71fea957c768e2b2a60b8eab09d4fff60dbf2d02f6b804845', 1),
	(2, '6b8fe20c-f8cf-4b1f-ab65-f399ce10628c', 'ST1A0N1HHTNB01STTZRZH57YFV27MDG3VG26333ES', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 1000000, '.stx', 1249874, 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', '805ed63d3b997409e6a6e8620b8123c6b614550cad900999bb0c81853b7d9422', 6),
	(3, 'd77f55ff-9a18-4308-92ba-02b1e98b2631', 'ST1A0N1HHTNB01STTZRZH57YFV27MDG3VG26333ES', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 1000000, '.stx', 1249873, 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', '44a9ac86ec4156c6fe0217c3e93374169d1f4c799a040b1e088e2827cd864b27', 7),
	(4, 'f69e67be-9aa7-4c7c-8608-3446675e33c7', 'ST1A0N1HHTNB01STTZRZH57YFV27MDG3VG26333ES', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 1000000, '.stx', 1249871, 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', '8b4a2d5578f3b00c1775dc81ec19e8c7eeb0811fe3ad08eb9ffe13dfc33f7d18', 8),
	(5, '7806c46a-5ff9-43e2-9ca0-64952e5d3a52', 'ST1A0N1HHTNB01STTZRZH57YFV27MDG3VG26333ES', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 1000000, '.stx', 1249870, 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', '53f9de4b95714d706f4504a8933f5ba7b10c1cc4cdd815d98bed8de89ab004d9', 9),
	(6, '0b7083b6-bbd8-477a-abd6-66b2b1f19e89', 'ST1A0N1HHTNB01STTZRZH57YFV27MDG3VG26333ES', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 1000000, '.stx', 1249869, 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', 'da3497d8517a30641c50ff9e46f205dd9ccd27f3f39c8dbf4df83bd8fbef48c9', 10),
	(7, 'a5544394-66a7-4b9a-9275-8e4d4d7bf1d1', 'ST1E6F93P3W2R9BGQ6R1EY44A81VGFJA8CVPZZYG4', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 1000000, '.stx', 1249868, 'ST3Y74M5227FDVHREWPH773F5Y1W1ED8WXXVB0G1S', '12ccd4500e0a7fc4304fb749085ec3a1a8d44e924a752675ecf2470ca38b245d', 10),
	(8, '28d9d93b-946f-463e-af34-5a8f13f7d9f6', 'ST1A0N1HHTNB01STTZRZH57YFV27MDG3VG26333ES', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 1000000, '.stx', 1249866, 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', '6737c1b9cd675248ff36b43fa4726a364477ec4073de61491297dc5971629470', 11),
	(9, '1a71d53b-ee58-4684-91ec-a32dd255cbdf', 'ST1E6F93P3W2R9BGQ6R1EY44A81VGFJA8CVPZZYG4', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 1000000, '.stx', 1249865, 'ST3Y74M5227FDVHREWPH773F5Y1W1ED8WXXVB0G1S', '8fdf20f9bfadebe8a2a8b0a926e076d4b0d1164fe2670a75e8df75af91a54327', 11),
	(10, '64c45284-3b23-4359-ae0e-98b63f7b494e', 'ST1A0N1HHTNB01STTZRZH57YFV27MDG3VG26333ES', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 1000003, '.stx', 1249866, 'ST3XFBXC1X8CFPM3YZJJ3EJT2TCVKJHGPZ9BZFW5', '785fbfd8940711df844926ec2410db8c141b56a808dca274054e964404a9b459', 12),
	(11, 'fa25d798-a2b2-417f-a280-f835ee432d7f', 'ST1E6F93P3W2R9BGQ6R1EY44A81VGFJA8CVPZZYG4', 'STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.token-susdt-subnet-v1', 1000000, '.stx', 1249863, 'ST3Y74M5227FDVHREWPH773F5Y1W1ED8WXXVB0G1S', '94bc52ecc08fb8871e6e48f12e88558ec0015ebd526fab9fd8b184233b74d564', 12);
INSERT INTO simulator.transactions VALUES
	('a41a628bca9832d71fea957c768e2b2a60b8eab09d4fff60dbf2d02f6b804845', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 0, 'succeeded', 62493, NULL, false, 1, '2026-03-04 12:00:00+00'),
	('9304fd7d026cc6a3b1e9328da0dfabe7133fb5d712fb74c6ab36cd090d538f89', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 1, 'aborted', NULL, 'insufficient_balance', false, 2, '2026-03-04 12:01:00+00'),
	('ae6a75684240b3901a2d12c3ea41957f29faa57310469baf75f328b5ae623c7c', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 2, 'aborted', NULL, 'insufficient_balance', false, 3, '2026-03-04 12:01:10+00'),
	('1ed0ebc0f97469d8b7e1b828fede7dd65d9a571e5c4e9d8bccc164781216af00', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 3, 'aborted', NULL, 'insufficient_balance', false, 4, '2026-03-04 12:01:20+00'),
	('40b53e501fd2b71778aa068458454e20c4d6ac5ed75c171ecc052ea1d1495b1e', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 4, 'succeeded', 0, NULL, false, 5, '2026-03-04 12:01:30+00'),
	('805ed63d3b997409e6a6e8620b8123c6b614550cad900999bb0c81853b7d9422', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 5, 'succeeded', 1249874, NULL, false, 6, '2026-03-04 12:05:30+00'),
	('44a9ac86ec4156c6fe0217c3e93374169d1f4c799a040b1e088e2827cd864b27', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 6, 'succeeded', 1249873, NULL, false, 7, '2026-03-04 12:06:30+00'),
	('8b4a2d5578f3b00c1775dc81ec19e8c7eeb0811fe3ad08eb9ffe13dfc33f7d18', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 7, 'succeeded', 1249871, NULL, false, 8, '2026-03-04 12:07:30+00'),
	('53f9de4b95714d706f4504a8933f5ba7b10c1cc4cdd815d98bed8de89ab004d9', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 8, 'succeeded', 1249870, NULL, false, 9, '2026-03-04 12:08:30+00'),
	('da3497d8517a30641c50ff9e46f205dd9ccd27f3f39c8dbf4df83bd8fbef48c9', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 9, 'succeeded', 1249869, NULL, false, 10, '2026-03-04 12:09:30+00'),
	('12ccd4500e0a7fc4304fb749085ec3a1a8d44e924a752675ecf2470ca38b245d', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 10, 'succeeded', 1249868, NULL, false, 10, '2026-03-04 12:09:30+00'),
	('6737c1b9cd675248ff36b43fa4726a364477ec4073de61491297dc5971629470', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 11, 'succeeded', 1249866, NULL, false, 11, '2026-03-04 12:10:31+00'),
	('8fdf20f9bfadebe8a2a8b0a926e076d4b0d1164fe2670a75e8df75af91a54327', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 12, 'succeeded', 1249865, NULL, false, 11, '2026-03-04 12:10:31+00'),
	('785fbfd8940711df844926ec2410db8c141b56a808dca274054e964404a9b459', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 13, 'succeeded', 1249866, NULL, false, 12, '2026-03-04 12:11:31+00'),
	('94bc52ecc08fb8871e6e48f12e88558ec0015ebd526fab9fd8b184233b74d564', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 14, 'succeeded', 1249863, NULL, false, 12, '2026-03-04 12:11:31+00'),
	('673580d31eb7c54f8cc7cf3d9832d94cf246df910c1b4306a6a26cd70b84fc54', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 15, 'aborted', NULL, 'insufficient_balance', false, 12, '2026-03-04 12:11:31+00'),
	('ef8b4eb5e75a4ceffc3a3a7c25cb4db4796ee3276b841a3623b2e49a774d6149', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 16, 'aborted', NULL, 'insufficient_balance', false, 13, '2026-03-04 12:11:31+00'),
	('83f942d6171cffe68912c82544ef86501b3838fdc72df4925009308170f9c712', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 17, 'aborted', NULL, 'insufficient_balance', false, 14, '2026-03-04 12:11:41+00'),
	('0d838dc1528be66c7db06618101033bdf8487b65c93c8b7c111d8b34d50c00dd', 'ST3XT4H9T5ZSZ9H1JHZFJTRCAHMCDXYEYJH3GC2B1', 18, 'aborted', NULL, 'insufficient_balance', false, 15, '2026-03-04 12:11:51+00');
INSERT INTO simulator.used_uuids VALUES
	('ada5dd0c-d49c-45fc-9af1-570f3b72e30a', 'a41a628bca9832d71fea957c768e2b2a60b8eab09d4fff60dbf2d02f6b804845'),
	('2e1934ab-a880-47ab-a6ae-4856e7c98cce', '40b53e501fd2b71778aa068458454e20c4d6ac5ed75c171ecc052ea1d1495b1e'),
	('6b8fe20c-f8cf-4b1f-ab65-f399ce10628c', '805ed63d3b997409e6a6e8620b8123c6b614550cad900999bb0c81853b7d9422'),
	('d77f55ff-9a18-4308-92ba-02b1e98b2631', '44a9ac86ec4156c6fe0217c3e93374169d1f4c799a040b1e088e2827cd864b27'),
	('f69e67be-9aa7-4c7c-8608-3446675e33c7', '8b4a2d5578f3b00c1775dc81ec19e8c7eeb0811fe3ad08eb9ffe13dfc33f7d18'),
	('7806c46a-5ff9-43e2-9ca0-64952e5d3a52', '53f9de4b95714d706f4504a8933f5ba7b10c1cc4cdd815d98bed8de89ab004d9'),
	('0b7083b6-bbd8-477a-abd6-66b2b1f19e89', 'da3497d8517a30641c50ff9e46f205dd9ccd27f3f39c8dbf4df83bd8fbef48c9'),
	('a5544394-66a7-4b9a-9275-8e4d4d7bf1d1', '12ccd4500e0a7fc4304fb749085ec3a1a8d44e924a752675ecf2470ca38b245d'),
	('28d9d93b-946f-463e-af34-5a8f13f7d9f6', '6737c1b9cd675248ff36b43fa4726a364477ec4073de61491297dc5971629470'),
	('1a71d53b-ee58-4684-91ec-a32dd255cbdf', '8fdf20f9bfadebe8a2a8b0a926e076d4b0d1164fe2670a75e8df75af91a54327'),
	('64c45284-3b23-4359-ae0e-98b63f7b494e', '785fbfd8940711df844926ec2410db8c141b56a808dca274054e964404a9b459'),
	('fa25d798-a2b2-417f-a280-f835ee432d7f', '94bc52ecc08fb8871e6e48f12e88558ec0015ebd526fab9fd8b184233b74d564');
SELECT pg_catalog.setval('public.account_entries_id_seq', 38, true);
SELECT pg_catalog.setval('public.api_key_usage_id_seq', 14, true);
SELECT pg_catalog.setval('public.attempts_id_seq', 23, true);
SELECT pg_catalog.setval('public.order_events_id_seq', 140, true);
SELECT pg_catalog.setval('public.order_numbers_number_seq', 2, true);
SELECT pg_catalog.setval('public.price_pairs_id_seq', 1, true);
SELECT pg_catalog.setval('public.withdrawal_transactions_id_seq', 1, true);
SELECT pg_catalog.setval('simulator.swaps_id_seq', 11, true);
ALTER TABLE ONLY public.account_entries
    ADD CONSTRAINT account_entries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_keys
    ADD CONSTRAINT account_keys_pkey PRIMARY KEY (account_id);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_address_key UNIQUE (address);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_owner_name_key UNIQUE (owner, name);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.api_key_usage
    ADD CONSTRAINT api_key_usage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.api_key_windows
    ADD CONSTRAINT api_key_windows_pkey PRIMARY KEY (key_id);
ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_key_hash_key UNIQUE (key_hash);
ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.attempt_versions
    ADD CONSTRAINT attempt_versions_pkey PRIMARY KEY (tx_id);
ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT attempts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.free_nonces
    ADD CONSTRAINT free_nonces_pkey PRIMARY KEY (solver, nonce);
ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key);
ALTER TABLE ONLY public.master_key
    ADD CONSTRAINT master_key_pkey PRIMARY KEY (is_only);
ALTER TABLE ONLY public.nonce_fills
    ADD CONSTRAINT nonce_fills_pkey PRIMARY KEY (tx_id);
ALTER TABLE ONLY public.order_events
    ADD CONSTRAINT order_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.order_numbers
    ADD CONSTRAINT order_numbers_order_id_key UNIQUE (order_id);
ALTER TABLE ONLY public.order_numbers
    ADD CONSTRAINT order_numbers_pkey PRIMARY KEY (number);
ALTER TABLE public.orders
    ADD CONSTRAINT orders_are_sound CHECK (public.order_is_sound(orders.*)) NOT VALID;
ALTER TABLE ONLY public.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.price_pairs
    ADD CONSTRAINT price_pairs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.price_pairs
    ADD CONSTRAINT price_pairs_watched_base_key UNIQUE (watched, base);
ALTER TABLE ONLY public.price_points
    ADD CONSTRAINT price_points_pkey PRIMARY KEY (token, at);
ALTER TABLE ONLY public.reservations
    ADD CONSTRAINT reservations_pkey PRIMARY KEY (order_id);
ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (number);
ALTER TABLE public.slices
    ADD CONSTRAINT slices_are_sound CHECK (public.slice_is_sound(slices.*)) NOT VALID;
ALTER TABLE ONLY public.slices
    ADD CONSTRAINT slices_pkey PRIMARY KEY (order_id, number);
ALTER TABLE ONLY public.solvers
    ADD CONSTRAINT solvers_pkey PRIMARY KEY (address);
ALTER TABLE ONLY public.used_messages
    ADD CONSTRAINT used_messages_pkey PRIMARY KEY (signer, digest);
ALTER TABLE ONLY public.vault_lists
    ADD CONSTRAINT vault_lists_pkey PRIMARY KEY (address_hash);
ALTER TABLE ONLY public.withdrawal_transactions
    ADD CONSTRAINT withdrawal_transactions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.withdrawals
    ADD CONSTRAINT withdrawals_intent_uuid_key UNIQUE (intent_uuid);
ALTER TABLE ONLY public.withdrawals
    ADD CONSTRAINT withdrawals_pkey PRIMARY KEY (id);
ALTER TABLE ONLY simulator.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (address, token);
ALTER TABLE ONLY simulator.blocks
    ADD CONSTRAINT blocks_pkey PRIMARY KEY (height);
ALTER TABLE ONLY simulator.mempool
    ADD CONSTRAINT mempool_pkey PRIMARY KEY (solver, nonce);
ALTER TABLE ONLY simulator.mempool
    ADD CONSTRAINT mempool_tx_id_key UNIQUE (tx_id);
ALTER TABLE ONLY simulator.nonces
    ADD CONSTRAINT nonces_pkey PRIMARY KEY (address);
ALTER TABLE ONLY simulator.pinned_prices
    ADD CONSTRAINT pinned_prices_pkey PRIMARY KEY (token);
ALTER TABLE ONLY simulator.pools
    ADD CONSTRAINT pools_pkey PRIMARY KEY (id);
ALTER TABLE ONLY simulator.swaps
    ADD CONSTRAINT swaps_pkey PRIMARY KEY (id);
ALTER TABLE ONLY simulator.transactions
    ADD CONSTRAINT transactions_pkey PRIMARY KEY (tx_id);
ALTER TABLE ONLY simulator.used_uuids
    ADD CONSTRAINT used_uuids_pkey PRIMARY KEY (uuid);
CREATE INDEX account_entries_by_account ON public.account_entries USING btree (account_id, id);
CREATE INDEX account_entries_spends ON public.account_entries USING btree (account_id, token, id) WHERE (kind = ANY (ARRAY['spent'::text, 'withdrawn'::text]));
CREATE INDEX api_key_usage_by_key ON public.api_key_usage USING btree (key_id, id DESC);
CREATE UNIQUE INDEX api_keys_active_name ON public.api_keys USING btree (owner, name) WHERE (status = 'active'::text);
CREATE INDEX api_keys_by_owner ON public.api_keys USING btree (owner, created_at DESC);
CREATE INDEX attempt_versions_by_attempt ON public.attempt_versions USING btree (attempt_id);
CREATE UNIQUE INDEX attempts_by_nonce ON public.attempts USING btree (solver, nonce) WHERE (status = ANY (ARRAY['prepared'::text, 'sent'::text, 'confirmed'::text, 'reverted'::text]));
CREATE INDEX attempts_by_slice ON public.attempts USING btree (order_id, slice_number, id);
CREATE UNIQUE INDEX attempts_by_tx ON public.attempts USING btree (tx_id) WHERE (status <> 'rejected'::text);
CREATE INDEX attempts_in_flight ON public.attempts USING btree (solver, nonce) WHERE (status = ANY (ARRAY['prepared'::text, 'sent'::text]));
CREATE UNIQUE INDEX attempts_live ON public.attempts USING btree (order_id, slice_number) WHERE (status = ANY (ARRAY['prepared'::text, 'sent'::text]));
CREATE INDEX attempts_unsettled ON public.attempts USING btree (id) WHERE (NOT is_final);
CREATE INDEX idempotency_keys_by_age ON public.idempotency_keys USING btree (created_at);
CREATE INDEX nonce_fills_by_nonce ON public.nonce_fills USING btree (solver, nonce, fee DESC);
CREATE INDEX order_events_by_order ON public.order_events USING btree (order_id, id);
CREATE INDEX order_numbers_by_owner ON public.order_numbers USING btree (owner, number DESC);
CREATE INDEX orders_by_age ON public.orders USING btree (created_at DESC, id DESC);
CREATE INDEX orders_by_owner ON public.orders USING btree (owner, created_at DESC, id DESC);
CREATE INDEX orders_open_by_owner ON public.orders USING btree (owner) WHERE (status = ANY (ARRAY['open'::text, 'paused'::text, 'cancelling'::text]));
CREATE INDEX price_points_by_time ON public.price_points USING btree (at);
CREATE INDEX reservations_open ON public.reservations USING btree (account_id, token) WHERE (reserved > (0)::numeric);
CREATE UNIQUE INDEX slices_by_intent ON public.slices USING btree (intent_uuid) WHERE (intent_uuid IS NOT NULL);
CREATE INDEX slices_by_tx ON public.slices USING btree (tx_id) WHERE (tx_id IS NOT NULL);
CREATE INDEX slices_closing ON public.slices USING btree (not_after) WHERE ((status = 'waiting'::text) AND (not_after IS NOT NULL) AND (end_as IS NULL));
CREATE INDEX slices_falling ON public.slices USING btree (pair_id, wait_price DESC, created_at, order_id, number) WHERE (wait_side = 'fall'::text);
CREATE INDEX slices_leased ON public.slices USING btree (lease_until) WHERE ((status = 'executing'::text) AND (lease_until IS NOT NULL));
CREATE INDEX slices_queued ON public.slices USING btree (claimed_at, order_id) WHERE ((status = 'executing'::text) AND (lease_until IS NULL));
CREATE INDEX slices_rising ON public.slices USING btree (pair_id, wait_price, created_at, order_id, number) WHERE (wait_side = 'rise'::text);
CREATE INDEX slices_waking ON public.slices USING btree (wake_at, created_at) WHERE (wake_at IS NOT NULL);
CREATE INDEX used_messages_by_expiry ON public.used_messages USING btree (expires_at) WHERE (expires_at IS NOT NULL);
CREATE INDEX withdrawal_transactions_by_nonce ON public.withdrawal_transactions USING btree (solver, nonce) WHERE (NOT is_rejected);
CREATE UNIQUE INDEX withdrawal_transactions_by_tx ON public.withdrawal_transactions USING btree (tx_id) WHERE (NOT is_rejected);
CREATE INDEX withdrawal_transactions_by_withdrawal ON public.withdrawal_transactions USING btree (withdrawal_id, id);
CREATE INDEX withdrawals_by_account ON public.withdrawals USING btree (account_id, created_at DESC, id DESC);
CREATE INDEX withdrawals_open ON public.withdrawals USING btree (account_id, token) WHERE (status = ANY (ARRAY['waiting'::text, 'sent'::text]));
CREATE INDEX withdrawals_unsettled ON public.withdrawals USING btree (id) WHERE ((NOT is_final) AND (status <> 'waiting'::text));
CREATE INDEX withdrawals_waiting ON public.withdrawals USING btree (wake_at) WHERE (status = 'waiting'::text);
CREATE INDEX swaps_by_uuid ON simulator.swaps USING btree (uuid);
CREATE UNIQUE INDEX transactions_by_nonce ON simulator.transactions USING btree (solver, nonce) WHERE (status <> 'replaced'::text);
CREATE TRIGGER orders_number AFTER INSERT ON public.orders FOR EACH ROW WHEN ((new.dialect = 'swapcoffee'::text)) EXECUTE FUNCTION public.number_order();
ALTER TABLE ONLY public.account_entries
    ADD CONSTRAINT account_entries_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.account_keys
    ADD CONSTRAINT account_keys_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.api_key_usage
    ADD CONSTRAINT api_key_usage_key_id_fkey FOREIGN KEY (key_id) REFERENCES public.api_keys(id);
ALTER TABLE ONLY public.api_key_windows
    ADD CONSTRAINT api_key_windows_key_id_fkey FOREIGN KEY (key_id) REFERENCES public.api_keys(id);
ALTER TABLE ONLY public.attempt_versions
    ADD CONSTRAINT attempt_versions_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES public.attempts(id);
ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT attempts_order_id_slice_number_fkey FOREIGN KEY (order_id, slice_number) REFERENCES public.slices(order_id, number);
ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT attempts_solver_fkey FOREIGN KEY (solver) REFERENCES public.solvers(address);
ALTER TABLE ONLY public.free_nonces
    ADD CONSTRAINT free_nonces_solver_fkey FOREIGN KEY (solver) REFERENCES public.solvers(address);
ALTER TABLE ONLY public.nonce_fills
    ADD CONSTRAINT nonce_fills_solver_fkey FOREIGN KEY (solver) REFERENCES public.solvers(address);
ALTER TABLE ONLY public.order_numbers
    ADD CONSTRAINT order_numbers_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);
ALTER TABLE ONLY public.reservations
    ADD CONSTRAINT reservations_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.reservations
    ADD CONSTRAINT reservations_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);
ALTER TABLE ONLY public.slices
    ADD CONSTRAINT slices_order_id_fkey FOREIGN KEY (order_id) REFERENCES public.orders(id);
ALTER TABLE ONLY public.slices
    ADD CONSTRAINT slices_pair_id_fkey FOREIGN KEY (pair_id) REFERENCES public.price_pairs(id);
ALTER TABLE ONLY public.withdrawal_transactions
    ADD CONSTRAINT withdrawal_transactions_solver_fkey FOREIGN KEY (solver) REFERENCES public.solvers(address);
ALTER TABLE ONLY public.withdrawal_transactions
    ADD CONSTRAINT withdrawal_transactions_withdrawal_id_fkey FOREIGN KEY (withdrawal_id) REFERENCES public.withdrawals(id);
ALTER TABLE ONLY public.withdrawals
    ADD CONSTRAINT withdrawals_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY simulator.swaps
    ADD CONSTRAINT swaps_block_height_fkey FOREIGN KEY (block_height) REFERENCES simulator.blocks(height);
ALTER TABLE ONLY simulator.swaps
    ADD CONSTRAINT swaps_tx_id_fkey FOREIGN KEY (tx_id) REFERENCES simulator.transactions(tx_id);
ALTER TABLE ONLY simulator.transactions
    ADD CONSTRAINT transactions_block_height_fkey FOREIGN KEY (block_height) REFERENCES simulator.blocks(height);
