-- Owners take turns: what is due is sent round robin over them, however much one of them has due.

-- The number of a claim among its owner's, in the one count of all: the executors take the lowest first.
ALTER TABLE slices ADD COLUMN queue_turn bigint NOT NULL DEFAULT 0;
DROP INDEX slices_queued;
CREATE INDEX slices_queued ON slices (queue_turn, claimed_at, order_id) WHERE status = 'executing' AND lease_until IS NULL;

-- The number that an owner's last claim got. The next is one more, or where the queue has got to meanwhile, whichever is later: nobody saves turns up, nobody is ahead by being new.
CREATE TABLE owner_turns (
    owner text COLLATE "C" PRIMARY KEY,
    turn  bigint NOT NULL
) WITH (fillfactor = 80);
