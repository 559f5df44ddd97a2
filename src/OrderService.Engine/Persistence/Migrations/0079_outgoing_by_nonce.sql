-- concurrently
-- On one nonce stands one transaction that may be mined, whatever it is for. A fill may be given the place of a call that waits for another nonce of its account: either is mined, and they are two.
DROP INDEX CONCURRENTLY IF EXISTS outgoing_by_nonce;
CREATE UNIQUE INDEX CONCURRENTLY outgoing_by_nonce ON attempts (solver, nonce, (CASE WHEN purpose = 'fill' THEN id ELSE 0 END)) WHERE status IN ('prepared', 'sent', 'confirmed', 'reverted');
DROP INDEX CONCURRENTLY IF EXISTS attempts_by_nonce;
