-- Of a slice that waits until its account has calls under way no more, or until who pays for these has a place: that account. The end of a transaction of the same payer wakes it.
ALTER TABLE slices ADD COLUMN calls_of text;
CREATE INDEX slices_behind_calls ON slices (calls_of, wake_at, order_id) WHERE calls_of IS NOT NULL AND status = 'waiting';
