-- concurrently
-- What 0080 asks of new rows holds of all.
ALTER TABLE outgoing_transactions VALIDATE CONSTRAINT outgoing_is_of_one;
ALTER TABLE outgoing_transactions VALIDATE CONSTRAINT outgoing_withdrawal_fkey;
