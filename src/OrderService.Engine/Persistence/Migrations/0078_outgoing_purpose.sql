-- expands
-- Whatever leaves with a nonce becomes a row of one table, which is the attempts' (0080). What it is for: a slice, which it swaps or whose uuid it spends; a withdrawal; or a nonce that holds up others.
ALTER TABLE attempts ADD COLUMN purpose text NOT NULL DEFAULT 'slice';
ALTER TABLE attempts ADD COLUMN withdrawal_id uuid;
