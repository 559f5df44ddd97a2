-- A pair's number is the next free one, taken by the statement that adds the pair. A counter as small as that cannot be shared by several servers, and one of a bigger type would be twice as big in
-- every slice that waits for a price.
ALTER TABLE price_pairs ALTER COLUMN id DROP IDENTITY;
