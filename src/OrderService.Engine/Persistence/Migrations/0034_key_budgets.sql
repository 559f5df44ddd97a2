-- Cancels are counted apart from all other calls of a key, so that no amount of reading stands in the way of one. What a request of a key was told, and how long the answer took, belong to its
-- recent activity.
ALTER TABLE api_key_windows
    ADD COLUMN budget text NOT NULL DEFAULT 'calls' CHECK (budget IN ('calls', 'cancels')),
    DROP CONSTRAINT api_key_windows_pkey,
    ADD CONSTRAINT api_key_windows_pkey PRIMARY KEY (key_id, budget);
ALTER TABLE api_key_usage
    ADD COLUMN error text CHECK (length(error) <= 300),
    ADD COLUMN took_ms integer CHECK (took_ms >= 0);
