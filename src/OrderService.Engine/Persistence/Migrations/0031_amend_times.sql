-- When an order that is planned slice by slice was last changed: a reader that asks what is new since a moment sees it.

ALTER TABLE curves ADD COLUMN amended_at timestamptz;
