-- An order in parts that a managed account pays for can be changed while it runs: one more revision each time.

ALTER TABLE orders ADD COLUMN revision integer NOT NULL DEFAULT 1 CHECK (revision > 0);
