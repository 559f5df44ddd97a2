-- What was believed of prices: one point a second, thinned to one a minute after a day.
CREATE TABLE price_points (
    token text NOT NULL,
    at    timestamptz NOT NULL,
    usd   numeric(38,0) NOT NULL CHECK (usd > 0),     -- a count of 10^-18
    PRIMARY KEY (token, at)
);
CREATE INDEX price_points_by_time ON price_points (at);
