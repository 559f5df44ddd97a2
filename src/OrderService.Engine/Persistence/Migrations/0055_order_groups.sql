-- Groups of orders, their legs: one cancels the other (oco), one triggers the other (oto), or an entry and then two exits of which one cancels the other (bracket). The slot is the leg that was sent and
-- is not decided: no other one is sent while it has it. It is locked after all legs' orders and slices by whoever changes one of them, and after the claimed slices by whoever sends; before the holds
-- in both.
CREATE TABLE group_slots (
    group_id uuid PRIMARY KEY,
    kind     text NOT NULL CHECK (kind IN ('oco', 'oto', 'bracket')),
    leg      integer CHECK (leg > 0),
    is_final boolean NOT NULL DEFAULT false, -- that leg was swapped, and no reorganisation takes it back
    CONSTRAINT group_slots_final CHECK (leg IS NOT NULL OR NOT is_final)
) WITH (fillfactor = 80);

-- An order is a leg of one group at most, for ever. No foreign key and no check of their own: each would be looked at for every order that has no group.
ALTER TABLE orders
    ADD COLUMN group_id uuid,
    ADD COLUMN leg      integer;
CREATE UNIQUE INDEX orders_by_group ON orders (group_id, leg) WHERE group_id IS NOT NULL;

-- A dead man's switch may be about one group.
ALTER TABLE cancel_switches ADD COLUMN group_id uuid;
