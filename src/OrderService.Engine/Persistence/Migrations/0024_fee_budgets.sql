-- Fees have hourly budgets, per owner and per installation. What was spent stands here, so that a restart forgets nothing.

-- Each account that pays has its share of the installation's budget, so that senders who pay from different accounts wait for no common row: the hour of the clock, the fees of what was
-- sent for orders in it, and those of owners without an API key among them.
ALTER TABLE solvers
    ADD COLUMN fees_hour    timestamptz NOT NULL DEFAULT 'epoch',
    ADD COLUMN fees         numeric NOT NULL DEFAULT 0 CHECK (fees >= 0),
    ADD COLUMN fees_keyless numeric NOT NULL DEFAULT 0 CHECK (fees_keyless >= 0);

-- The same of each owner. Locked after the holds and before the accounts that pay, by sends of this owner only.
CREATE TABLE owner_fees (
    owner text COLLATE "C" PRIMARY KEY,
    hour  timestamptz NOT NULL,
    fees  numeric NOT NULL CHECK (fees >= 0)
) WITH (fillfactor = 80);
