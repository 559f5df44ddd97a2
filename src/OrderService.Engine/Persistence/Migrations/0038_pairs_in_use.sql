-- A price pair without open orders is given back, so that who once watched many keeps nobody else from watching one. Its row stays: slices that have ended name it.
-- used_at is renewed by whoever is about to store an order on it; taken_by is the owner who brought it into use, whose share it counts in.
ALTER TABLE price_pairs
    ADD COLUMN in_use boolean NOT NULL DEFAULT true,
    ADD COLUMN used_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN taken_by text;
