-- A slice that waits for calls is tried once a call. Where the call asked for more tries, that is kept, since another node may be the one that tries again.
ALTER TABLE slices ADD COLUMN retries boolean NOT NULL DEFAULT false;
