-- expands
-- Work that one node does for all, and until when it is that node's. Not in the log: after a crash nobody has any, which is right, and renewing one waits for no disk and no standby.
CREATE UNLOGGED TABLE work_leases (
    work  text        PRIMARY KEY,
    node  uuid        NOT NULL,
    until timestamptz NOT NULL
);
