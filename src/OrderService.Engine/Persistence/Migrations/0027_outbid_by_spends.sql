-- Past its window a swap is outbid by the spend of its uuid, on the same nonce: the versions of an attempt need not be of the same kind. Null is that of the attempt, as before.
ALTER TABLE attempt_versions ADD COLUMN kind text CHECK (kind IN ('swap', 'spend'));
