-- What tells whether a watermark is still needed: the orders that were armed in it, and when the last of them ended; its moves, one behind the other; and those that were taken in by it.
CREATE INDEX slices_armed ON slices (watermark_id, ended_at) WHERE watermark_id IS NOT NULL;
CREATE INDEX watermark_moves_of ON watermark_moves (watermark_id, id);
CREATE INDEX watermark_moves_into ON watermark_moves (root) WHERE root <> watermark_id;
