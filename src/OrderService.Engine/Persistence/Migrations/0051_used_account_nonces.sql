-- Swaps by intents use no account's nonce, and need no place in what holds that each is used once.
DROP INDEX attempts_origin_used;
CREATE UNIQUE INDEX attempts_origin_used ON attempts (origin, origin_nonce) WHERE origin IS NOT NULL AND status IN ('confirmed', 'reverted');
