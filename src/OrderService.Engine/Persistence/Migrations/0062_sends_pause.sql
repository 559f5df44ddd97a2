-- The operator's switch over all sends, of every node: no row where they go on, one where they are paused.
CREATE TABLE sends_pause (
    is_one boolean PRIMARY KEY DEFAULT true CHECK (is_one),
    since timestamptz NOT NULL,
    why text CHECK (char_length(why) BETWEEN 1 AND 200)
);
