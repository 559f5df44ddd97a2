-- expands
-- Where a slice and a transaction stand, in columns that are null outside of that state. The indexes over these name no status, so a move of the status that leaves them alone writes no index entry.
-- Of a slice that waits, when its window closes; of one that is claimed, the number of its claim among its owner's, its place in the executors' queue.
ALTER TABLE slices ADD COLUMN closes_at timestamptz;
ALTER TABLE slices ADD COLUMN queue_place bigint;
-- Of a transaction that will never be mined, rejected or replaced; of one that was mined, the nonce of the account that called.
ALTER TABLE outgoing_transactions ADD COLUMN void_as text;
ALTER TABLE outgoing_transactions ADD COLUMN origin_used bigint;

-- The next version of a row finds room in the page of the one before, also where a whole page's rows are settled in one transaction: only then does an update write no index entry, and of the row only what changed. A slice grows
-- from 160 to 260 bytes until it is sent.
ALTER TABLE slices SET (fillfactor = 27);
ALTER TABLE outgoing_transactions SET (fillfactor = 50);
ALTER TABLE orders SET (fillfactor = 70);
