-- concurrently
-- As the indexes of 0085: what waits behind its account's calls, by columns that are null once it waits no more.
DROP INDEX CONCURRENTLY IF EXISTS slices_by_calls;
CREATE INDEX CONCURRENTLY slices_by_calls ON slices (calls_of, wake_at, order_id) WHERE calls_of IS NOT NULL AND wake_at IS NOT NULL;
DROP INDEX CONCURRENTLY IF EXISTS slices_behind_calls;
