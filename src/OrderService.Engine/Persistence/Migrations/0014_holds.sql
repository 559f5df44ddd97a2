-- Nothing is sent that its holder cannot pay for.

-- What the sends of a holder, an owner's wallet or a managed account, take of one token: the amounts of swaps in flight, and the sum of all that were ever swapped, which only
-- grows. Locked before the accounts that pay, by sends of this holder and token only. The keys sort by their bytes, as whoever locks several sorts them.
CREATE TABLE holds (
    holder    text COLLATE "C" NOT NULL,
    token     text COLLATE "C" NOT NULL,
    in_flight numeric NOT NULL CHECK (in_flight >= 0),
    spent     numeric NOT NULL CHECK (spent >= 0),
    PRIMARY KEY (holder, token)
) WITH (fillfactor = 80);
INSERT INTO holds (holder, token, in_flight, spent)
SELECT coalesce(o.account, o.owner), o.sell_token, sum(s.amount_in), 0
FROM slices s JOIN orders o ON o.id = s.order_id WHERE s.status = 'broadcast' AND s.end_as IS NULL GROUP BY 1, 2;

-- The holder and token whose balance was too little for a waiting slice, and since when in a row it was.
ALTER TABLE slices
    ADD COLUMN funds_of       text,
    ADD COLUMN unfunded_since timestamptz;
CREATE INDEX slices_unfunded ON slices (funds_of, wake_at) WHERE funds_of IS NOT NULL AND status = 'waiting';
