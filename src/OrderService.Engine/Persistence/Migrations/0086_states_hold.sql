-- The columns of 0084 hold what they say from here on, whoever writes a row: one that does not keep them is refused. What an older node wrote meanwhile is brought up first.
UPDATE slices SET closes_at = not_after WHERE status = 'waiting' AND not_after IS NOT NULL AND end_as IS NULL AND closes_at IS NULL;
UPDATE slices SET closes_at = NULL WHERE closes_at IS NOT NULL AND (status <> 'waiting' OR end_as IS NOT NULL);
UPDATE slices SET queue_place = queue_turn WHERE status = 'executing' AND queue_place IS NULL;
UPDATE slices SET queue_place = NULL WHERE queue_place IS NOT NULL AND status <> 'executing';
UPDATE outgoing_transactions SET void_as = status WHERE status IN ('rejected', 'replaced') AND void_as IS NULL;
UPDATE outgoing_transactions SET origin_used = origin_nonce WHERE origin IS NOT NULL AND status IN ('confirmed', 'reverted') AND origin_used IS NULL;

ALTER TABLE slices ADD CONSTRAINT slices_stand CHECK (
    closes_at IS NOT DISTINCT FROM CASE WHEN status = 'waiting' AND end_as IS NULL THEN not_after END
    AND CASE WHEN status = 'executing' THEN queue_place IS NOT NULL OR lease_until IS NOT NULL ELSE queue_place IS NULL AND lease_until IS NULL END) NOT VALID;
ALTER TABLE slices DROP COLUMN queue_turn;
ALTER TABLE outgoing_transactions ADD CONSTRAINT outgoing_stands CHECK (
    void_as IS NOT DISTINCT FROM CASE WHEN status IN ('rejected', 'replaced') THEN status END
    AND origin_used IS NOT DISTINCT FROM CASE WHEN status IN ('confirmed', 'reverted') THEN origin_nonce END) NOT VALID;

-- The bytes stand at the end of their row: of an update the log holds what lies between its first and its last change, and they are most of the row. What is final has none any more.
DROP VIEW attempts;
ALTER TABLE outgoing_transactions RENAME COLUMN raw TO raw_before;
ALTER TABLE outgoing_transactions ADD COLUMN raw bytea NOT NULL DEFAULT '';
UPDATE outgoing_transactions SET raw = raw_before WHERE NOT is_final;
ALTER TABLE outgoing_transactions DROP COLUMN raw_before;

CREATE VIEW attempts AS
    SELECT id, order_id, slice_number, kind, status, tx_id, raw, solver, nonce, fee, quoted_amount_out, min_amount_out, prepared_at, sends_count, last_sent_at, reason, amount_out, block_height, settled_at,
        is_final, raises, seen_height, origin, origin_nonce, void_as, origin_used
    FROM outgoing_transactions WHERE purpose = 'slice';

CREATE OR REPLACE VIEW account_calls AS
    SELECT t.origin, t.origin_nonce, t.solver, t.nonce, t.fee, t.prepared_at AS sent_at, t.status IN ('confirmed', 'reverted') AS is_mined,
        t.purpose <> 'fill' AND EXISTS (SELECT 1 FROM outgoing_transactions n WHERE n.solver = t.solver AND n.nonce = t.nonce AND n.purpose = 'fill'
            AND n.void_as IS NULL AND n.origin = t.origin AND n.origin_nonce <> t.origin_nonce) AS is_outbid
    FROM outgoing_transactions t WHERE t.origin IS NOT NULL AND t.void_as IS NULL
    UNION ALL
    SELECT b.origin, b.origin_nonce, NULL::text, NULL::bigint, NULL::numeric(39, 0), b.sent_at, false, false
    FROM transfers_back b;
