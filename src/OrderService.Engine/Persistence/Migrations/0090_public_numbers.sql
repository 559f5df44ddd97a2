-- expands
-- A counter of the biggest type, as all are: several servers can share that. Its numbers stay those of an integer.
ALTER SEQUENCE order_public_numbers AS bigint MAXVALUE 2147483647;
