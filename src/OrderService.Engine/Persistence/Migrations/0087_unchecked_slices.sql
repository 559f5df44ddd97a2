-- expands
-- A slice is written by the statement that writes its order, or under the lock of its order's row, and its pair's number comes from the pair's row; neither row is ever removed alone. Postgres looked up both,
-- and locked both, once more for each slice: a sixth of its work for a create.
ALTER TABLE slices DROP CONSTRAINT slices_order_id_fkey;
ALTER TABLE slices DROP CONSTRAINT slices_pair_id_fkey;
