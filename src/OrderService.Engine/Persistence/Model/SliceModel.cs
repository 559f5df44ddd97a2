using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderService.Domain.Orders;

namespace OrderService.Engine.Persistence.Model;

internal sealed class SliceModel : IEntityTypeConfiguration<Slice>
{
    public void Configure(EntityTypeBuilder<Slice> builder)
    {
        builder.ToTable("slices");
        builder.HasKey(s => new { s.OrderId, s.Number });
        builder.Property(s => s.OrderId).HasColumnName("order_id");
        builder.Property(s => s.Number).HasColumnName("number").ValueGeneratedNever();
        builder.Property(s => s.AmountIn).HasColumnName("amount_in");
        builder.Property(s => s.IntentUuid).HasColumnName("intent_uuid");
        builder.Property(s => s.Trigger).HasColumnName("trigger");
        builder.Property(s => s.PairId).HasColumnName("pair_id");
        builder.Property(s => s.PriceMin).HasColumnName("price_min");
        builder.Property(s => s.PriceMax).HasColumnName("price_max");
        builder.Property(s => s.Trail).HasColumnName("trail");
        builder.Property(s => s.WatermarkId).HasColumnName("watermark_id");
        builder.Property(s => s.RateMin).HasColumnName("rate_min");
        builder.Property(s => s.RateMax).HasColumnName("rate_max");
        builder.Property(s => s.NotBefore).HasColumnName("not_before");
        builder.Property(s => s.NotAfter).HasColumnName("not_after");
        builder.Property(s => s.ClosesAt).HasColumnName("closes_at");
        builder.Property(s => s.Status).HasColumnName("status");
        builder.Property(s => s.Reason).HasColumnName("reason");
        builder.Property(s => s.WakeAt).HasColumnName("wake_at");
        builder.Property(s => s.WaitSide).HasColumnName("wait_side");
        builder.Property(s => s.WaitPrice).HasColumnName("wait_price");
        builder.Property(s => s.QuoteRoute).HasColumnName("quote_route");
        builder.Property(s => s.QuoteSide).HasColumnName("quote_side");
        builder.Property(s => s.QuoteRate).HasColumnName("quote_rate");
        builder.Property(s => s.ClaimId).HasColumnName("claim_id");
        builder.Property(s => s.ClaimedAt).HasColumnName("claimed_at");
        builder.Property(s => s.QueuePlace).HasColumnName("queue_place");
        builder.Property(s => s.LeaseUntil).HasColumnName("lease_until");
        builder.Property(s => s.WatchedPrice).HasColumnName("watched_price");
        builder.Property(s => s.BasePrice).HasColumnName("base_price");
        builder.Property(s => s.PriceSources).HasColumnName("price_sources");
        builder.Property(s => s.PriceAt).HasColumnName("price_at");
        builder.Property(s => s.Planned).HasColumnName("planned");
        builder.Property(s => s.AnyPriceFrom).HasColumnName("any_price_from");
        builder.Property(s => s.AttemptsUsed).HasColumnName("attempts_used");
        builder.Property(s => s.AttemptsMax).HasColumnName("attempts_max");
        builder.Property(s => s.Unquoted).HasColumnName("unquoted");
        builder.Property(s => s.BelowMin).HasColumnName("below_min");
        builder.Property(s => s.FundsOf).HasColumnName("funds_of");
        builder.Property(s => s.CallsOf).HasColumnName("calls_of");
        builder.Property(s => s.UnfundedSince).HasColumnName("unfunded_since");
        builder.Property(s => s.WasSent).HasColumnName("was_sent");
        builder.Property(s => s.OriginNonce).HasColumnName("origin_nonce");
        builder.Property(s => s.EndAs).HasColumnName("end_as");
        builder.Property(s => s.Retries).HasColumnName("retries");
        builder.Property(s => s.TxId).HasColumnName("tx_id");
        builder.Property(s => s.AmountOut).HasColumnName("amount_out");
        builder.Property(s => s.BlockHeight).HasColumnName("block_height");
        builder.Property(s => s.BlockTime).HasColumnName("block_time");
        builder.Property(s => s.CreatedAt).HasColumnName("created_at");
        builder.Property(s => s.EndedAt).HasColumnName("ended_at");
        builder.Ignore(s => s.Range);
        builder.Ignore(s => s.Rate);
        builder.Ignore(s => s.WaitsForCall);
    }
}
