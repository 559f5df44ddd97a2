-- expands
-- How fast engine time runs, on a play chain only: from a moment of this database's clock on, what engine time is then, and how many times as fast it runs. No row: engine time is the database's.
CREATE TABLE clock_paces (
    from_at   timestamptz PRIMARY KEY,
    engine_at timestamptz NOT NULL,
    pace      int         NOT NULL CHECK (pace BETWEEN 1 AND 3600),
    CHECK (engine_at >= from_at)
);
