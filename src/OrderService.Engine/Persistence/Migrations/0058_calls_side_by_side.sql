-- Several calls of an account are under way at a time. Each stands in two queues, its account's and that of who pays for it; so that no two wait for each other, all that one account has under way
-- is paid for by one payer, and stands in both queues in the same order. A place that is given back is a place in both.
ALTER TABLE free_nonces ADD COLUMN origin text;
ALTER TABLE free_nonces ADD COLUMN origin_nonce bigint;
ALTER TABLE free_nonces ADD CONSTRAINT free_nonces_origin CHECK ((origin IS NULL) = (origin_nonce IS NULL));

-- What fills such a place uses up both nonces. It is mined while the chain shows it in a block.
ALTER TABLE nonce_fills ADD COLUMN origin text;
ALTER TABLE nonce_fills ADD COLUMN origin_nonce bigint;
ALTER TABLE nonce_fills ADD COLUMN is_mined boolean NOT NULL DEFAULT false;
ALTER TABLE nonce_fills ADD CONSTRAINT nonce_fills_origin CHECK ((origin IS NULL) = (origin_nonce IS NULL));
CREATE INDEX nonce_fills_by_origin ON nonce_fills (origin, origin_nonce) WHERE origin IS NOT NULL;

-- Transfers that an operator sent back to an account's owner: paid for by nobody of the service's, on a nonce that it gives to nothing else.
CREATE TABLE transfers_back (
    origin       text NOT NULL,
    origin_nonce bigint NOT NULL CHECK (origin_nonce >= 0),
    tx_id        text NOT NULL,
    sent_at      timestamptz NOT NULL,
    PRIMARY KEY (origin, origin_nonce)
);

-- Whatever stands on an account's nonce: what the chain has mined, and what it may still mine. A transfer back has no payer here. One is outbid whose place with its payer was given to a call on
-- another nonce of the account, so that it will not be mined.
CREATE VIEW account_calls AS
    SELECT a.origin, a.origin_nonce, a.solver, a.nonce, a.fee, a.prepared_at AS sent_at, a.status IN ('confirmed', 'reverted') AS is_mined,
        EXISTS (SELECT 1 FROM nonce_fills n WHERE n.solver = a.solver AND n.nonce = a.nonce AND n.origin = a.origin AND n.origin_nonce <> a.origin_nonce) AS is_outbid
    FROM attempts a WHERE a.origin IS NOT NULL AND a.status IN ('prepared', 'sent', 'confirmed', 'reverted')
    UNION ALL
    SELECT t.origin, t.origin_nonce, t.solver, t.nonce, t.fee, t.prepared_at, t.is_mined,
        EXISTS (SELECT 1 FROM nonce_fills n WHERE n.solver = t.solver AND n.nonce = t.nonce AND n.origin = t.origin AND n.origin_nonce <> t.origin_nonce)
    FROM withdrawal_transactions t WHERE t.origin IS NOT NULL AND (t.is_live OR t.is_mined)
    UNION ALL
    SELECT n.origin, n.origin_nonce, n.solver, n.nonce, n.fee, n.made_at, n.is_mined, false
    FROM nonce_fills n WHERE n.origin IS NOT NULL
    UNION ALL
    SELECT b.origin, b.origin_nonce, NULL::text, NULL::bigint, NULL::numeric(39, 0), b.sent_at, false, false
    FROM transfers_back b;
