-- Whatever leaves with a nonce, in one table: swaps and spends of slices, withdrawals, and what only uses a nonce. Its latest bytes stand in its row, those that were outbid are its versions.
DROP VIEW account_calls;
ALTER TABLE attempts RENAME TO outgoing_transactions;
ALTER TABLE attempt_versions RENAME TO outgoing_versions;
ALTER TABLE outgoing_versions RENAME COLUMN attempt_id TO transaction_id;
ALTER INDEX attempts_by_tx RENAME TO outgoing_by_tx;
ALTER INDEX attempts_by_origin RENAME TO outgoing_by_origin;
ALTER INDEX attempts_origin_used RENAME TO outgoing_origin_used;
ALTER INDEX attempts_in_flight RENAME TO outgoing_in_flight;
ALTER INDEX attempts_unsettled RENAME TO outgoing_unsettled;
ALTER INDEX attempt_versions_by_attempt RENAME TO outgoing_versions_by_transaction;
ALTER TABLE outgoing_transactions ALTER COLUMN order_id DROP NOT NULL;
ALTER TABLE outgoing_transactions ALTER COLUMN slice_number DROP NOT NULL;
ALTER TABLE outgoing_transactions ALTER COLUMN kind DROP NOT NULL;
ALTER TABLE outgoing_transactions DROP CONSTRAINT attempts_kind_check;
ALTER TABLE outgoing_transactions ADD CONSTRAINT outgoing_is_of_one CHECK (CASE purpose
    WHEN 'slice' THEN order_id IS NOT NULL AND slice_number IS NOT NULL AND kind IS NOT NULL AND kind IN ('swap', 'spend') AND withdrawal_id IS NULL
    WHEN 'withdrawal' THEN withdrawal_id IS NOT NULL AND order_id IS NULL AND kind IS NULL
    WHEN 'fill' THEN withdrawal_id IS NULL AND order_id IS NULL AND kind IS NULL
    ELSE false END) NOT VALID;
ALTER TABLE outgoing_transactions ADD CONSTRAINT outgoing_withdrawal_fkey FOREIGN KEY (withdrawal_id) REFERENCES withdrawals (id) NOT VALID;

-- Of the transactions of one withdrawal on one nonce the one that was mined, or the last: the others are its versions. What was refused never left, and was one by itself.
INSERT INTO outgoing_transactions (purpose, withdrawal_id, status, tx_id, raw, solver, nonce, fee, prepared_at, sends_count, last_sent_at, reason, block_height, settled_at, is_final, raises, seen_height, origin, origin_nonce)
SELECT 'withdrawal', t.withdrawal_id, t.status, t.tx_id, t.raw, t.solver, t.nonce, t.fee, t.first_at, t.sends_count, t.last_sent_at, CASE WHEN t.status = 'replaced' THEN 'replaced' END,
    CASE WHEN t.status = 'confirmed' THEN t.block_height END, CASE WHEN t.status IN ('prepared', 'sent') THEN NULL ELSE coalesce(t.ended_at, t.last_sent_at) END,
    CASE t.status WHEN 'confirmed' THEN t.is_settled WHEN 'prepared' THEN false WHEN 'sent' THEN false ELSE true END, t.versions - 1, t.seen_height, t.origin, t.origin_nonce
FROM (
    SELECT DISTINCT ON (l.withdrawal_id, l.solver, l.nonce) l.*,
        CASE WHEN l.is_paid AND NOT (l.is_settled AND l.is_taken) THEN 'confirmed' WHEN l.is_live AND l.versions = 1 AND l.sends_count = 1 THEN 'prepared' WHEN l.is_live THEN 'sent'
            WHEN l.is_mined AND NOT l.is_taken THEN 'reverted' ELSE 'replaced' END AS status
    FROM (
        SELECT t.*, w.block_height, w.ended_at, w.is_final AS is_settled, w.status = 'confirmed' AND w.tx_id = t.tx_id AS is_paid,
            count(*) OVER one AS versions, min(t.prepared_at) OVER one AS first_at,
            EXISTS (SELECT 1 FROM outgoing_transactions o WHERE o.solver = t.solver AND o.nonce = t.nonce AND o.status IN ('prepared', 'sent', 'confirmed', 'reverted'))
                OR EXISTS (SELECT 1 FROM outgoing_transactions o WHERE o.origin = t.origin AND o.origin_nonce = t.origin_nonce AND o.status IN ('confirmed', 'reverted')) AS is_taken
        FROM withdrawal_transactions t JOIN withdrawals w ON w.id = t.withdrawal_id WHERE NOT t.is_rejected
        WINDOW one AS (PARTITION BY t.withdrawal_id, t.solver, t.nonce)) AS l
    ORDER BY l.withdrawal_id, l.solver, l.nonce, l.is_paid DESC, l.is_mined DESC, l.is_live DESC, l.id DESC) AS t
ORDER BY t.id;

INSERT INTO outgoing_versions (tx_id, transaction_id, raw, fee)
SELECT t.tx_id, o.id, t.raw, t.fee
FROM withdrawal_transactions t JOIN outgoing_transactions o ON o.withdrawal_id = t.withdrawal_id AND o.solver = t.solver AND o.nonce = t.nonce AND o.tx_id <> t.tx_id
WHERE NOT t.is_rejected ON CONFLICT DO NOTHING;

INSERT INTO outgoing_transactions (purpose, withdrawal_id, status, tx_id, raw, solver, nonce, fee, prepared_at, sends_count, last_sent_at, settled_at, is_final, seen_height, origin, origin_nonce)
SELECT 'withdrawal', t.withdrawal_id, 'rejected', t.tx_id, '', t.solver, t.nonce, t.fee, t.prepared_at, t.sends_count, t.last_sent_at, t.last_sent_at, true, t.seen_height, t.origin, t.origin_nonce
FROM withdrawal_transactions t WHERE t.is_rejected ORDER BY t.id;

-- Of the fills of one place the one that was mined, or the dearest, which took the place of those before. What was mined more than a day ago is final; of all else the chain is asked.
INSERT INTO outgoing_transactions (purpose, status, tx_id, raw, solver, nonce, fee, prepared_at, sends_count, last_sent_at, settled_at, is_final, raises, origin, origin_nonce)
SELECT DISTINCT ON (f.solver, f.nonce, f.origin, f.origin_nonce) 'fill', CASE WHEN f.is_mined THEN 'confirmed' WHEN f.versions = 1 AND f.last_sent_at = '-infinity' THEN 'prepared' ELSE 'sent' END, f.tx_id, f.raw, f.solver,
    f.nonce, f.fee, f.first_at, f.versions, greatest(f.last_sent_at, f.made_at), CASE WHEN f.is_mined THEN f.made_at END, f.is_mined AND f.made_at < now() - interval '1 day', f.versions - 1, f.origin, f.origin_nonce
FROM (SELECT n.*, count(*) OVER one AS versions, min(n.made_at) OVER one AS first_at FROM nonce_fills n WINDOW one AS (PARTITION BY n.solver, n.nonce, n.origin, n.origin_nonce)) AS f
ORDER BY f.solver, f.nonce, f.origin, f.origin_nonce, f.is_mined DESC, f.fee DESC;

INSERT INTO outgoing_versions (tx_id, transaction_id, raw, fee)
SELECT n.tx_id, o.id, n.raw, n.fee
FROM nonce_fills n JOIN outgoing_transactions o ON o.purpose = 'fill' AND o.solver = n.solver AND o.nonce = n.nonce AND o.origin IS NOT DISTINCT FROM n.origin AND o.origin_nonce IS NOT DISTINCT FROM n.origin_nonce AND o.tx_id <> n.tx_id
ON CONFLICT DO NOTHING;

DROP TABLE withdrawal_transactions;
DROP TABLE nonce_fills;

-- Of one withdrawal one transaction is under way.
CREATE UNIQUE INDEX outgoing_of_withdrawal ON outgoing_transactions (withdrawal_id) WHERE withdrawal_id IS NOT NULL AND status IN ('prepared', 'sent');

-- Those of slices.
CREATE VIEW attempts AS
    SELECT id, order_id, slice_number, kind, status, tx_id, raw, solver, nonce, fee, quoted_amount_out, min_amount_out, prepared_at, sends_count, last_sent_at, reason, amount_out, block_height, settled_at,
        is_final, raises, seen_height, origin, origin_nonce
    FROM outgoing_transactions WHERE purpose = 'slice';

-- Whatever stands on an account's nonce: what the chain has mined, and what it may still mine. A transfer back has no payer here. One is outbid whose place with its payer was given to a fill on
-- another nonce of the account, so that it will not be mined.
CREATE VIEW account_calls AS
    SELECT t.origin, t.origin_nonce, t.solver, t.nonce, t.fee, t.prepared_at AS sent_at, t.status IN ('confirmed', 'reverted') AS is_mined,
        t.purpose <> 'fill' AND EXISTS (SELECT 1 FROM outgoing_transactions n WHERE n.solver = t.solver AND n.nonce = t.nonce AND n.purpose = 'fill'
            AND n.status IN ('prepared', 'sent', 'confirmed', 'reverted') AND n.origin = t.origin AND n.origin_nonce <> t.origin_nonce) AS is_outbid
    FROM outgoing_transactions t WHERE t.origin IS NOT NULL AND t.status IN ('prepared', 'sent', 'confirmed', 'reverted')
    UNION ALL
    SELECT b.origin, b.origin_nonce, NULL::text, NULL::bigint, NULL::numeric(39, 0), b.sent_at, false, false
    FROM transfers_back b;
