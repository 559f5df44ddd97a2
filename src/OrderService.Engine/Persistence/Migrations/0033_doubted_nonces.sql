-- What the chain was said to have as an account's next nonce, and since when, where that is above all that was signed and no transaction is shown that used it. While it is set nothing
-- new is signed for the account.
ALTER TABLE solvers
    ADD COLUMN doubted_nonce bigint CHECK (doubted_nonce >= 0),
    ADD COLUMN doubted_since timestamptz,
    ADD CONSTRAINT doubted_since_when CHECK ((doubted_nonce IS NULL) = (doubted_since IS NULL));
