-- expands
-- Which partition of how many this store is: said when it is made, and never changed, since an owner's orders are where his address says among so many. One that had something before there were partitions is whole.
CREATE TABLE store_partition (
    is_one     boolean PRIMARY KEY DEFAULT true CHECK (is_one),
    number     int     NOT NULL CHECK (number >= 0),
    partitions int     NOT NULL CHECK (partitions > number)
);
INSERT INTO store_partition (number, partitions) SELECT 0, 1 WHERE EXISTS (SELECT FROM order_events) OR EXISTS (SELECT FROM orders);
