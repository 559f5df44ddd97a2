-- How high the chain was seen to be before a transaction was first sent: a receipt whose block is older is not its own. Unknown for what was sent before this.
ALTER TABLE attempts ADD COLUMN seen_height bigint CHECK (seen_height >= 0);
ALTER TABLE withdrawal_transactions ADD COLUMN seen_height bigint CHECK (seen_height >= 0);
