-- Committed events have a gapless position. Who writes an event pays for nothing but this column: the transaction that it belongs to, by which the relay finds what a snapshot sees and an
-- earlier one did not. Events of before belong to this migration's transaction, and are the first that the relay numbers.
ALTER TABLE order_events ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX order_events_by_xid ON order_events (xid);

-- The log that positions belong to. A store that went back in time, as one that was restored, begins a new one: what a reader knows of another log's positions says nothing of this one's.
-- Its row is the lock of the relays. The system is the cluster's identifier, whose transactions order_events.xid counts.
CREATE TABLE event_log (
    is_only  boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    log_id   text NOT NULL CHECK (log_id ~ '^[0-9a-f]{16}$'),
    system   bigint,
    begun_at timestamptz NOT NULL
);
INSERT INTO event_log (log_id, begun_at) VALUES (substr(replace(gen_random_uuid()::text, '-', ''), 17), now());

-- Positions 1, 2, 3 … in the order in which events became readable: of one order, the order in which they happened. The owner is whose it is to see; null is the operator's alone.
CREATE TABLE event_positions (
    position bigint PRIMARY KEY CHECK (position > 0),
    event_id bigint NOT NULL,
    owner    text COLLATE "C"
);
CREATE INDEX event_positions_by_owner ON event_positions (owner, position) WHERE owner IS NOT NULL;

-- Rounds of the relay; the last one is where it is. All events of transactions that are over in the snapshot seen have positions up to head. Where there were too many for one round, it goes
-- on with those that the snapshot target sees, behind the event cut. Rows are only added, and the oldest removed: a row that is written over and over grows while an old snapshot is held.
CREATE TABLE event_rounds (
    head   bigint PRIMARY KEY CHECK (head >= 0),
    seen   pg_snapshot NOT NULL,
    target pg_snapshot,
    cut    bigint,
    CHECK ((target IS NULL) = (cut IS NULL))
);
INSERT INTO event_rounds (head, seen) VALUES (0, '1:1:');
