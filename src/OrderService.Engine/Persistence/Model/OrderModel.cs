using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderService.Domain.Orders;

namespace OrderService.Engine.Persistence.Model;

internal sealed class OrderModel : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.ToTable("orders");
        builder.HasKey(o => o.Id);
        builder.Property(o => o.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(o => o.Dialect).HasColumnName("dialect");
        builder.Property(o => o.Kind).HasColumnName("kind");
        builder.Property(o => o.PublicId).HasColumnName("public_id");
        builder.Property(o => o.StrategyId).HasColumnName("strategy_id");
        builder.Property(o => o.Funding).HasColumnName("funding");
        builder.Property(o => o.Account).HasColumnName("account");
        builder.Ignore(o => o.IsCalled);
        builder.Ignore(o => o.Signature);
        builder.Ignore(o => o.TermsSignature);
        builder.Property(o => o.SealedSignature).HasColumnName("signature");
        builder.Property(o => o.SealedTermsSignature).HasColumnName("terms_signature");
        builder.Property(o => o.IsTermsBound).HasColumnName("terms_bound");
        builder.Property(o => o.ClientFields).HasColumnName("client_fields").HasColumnType("json");
        builder.Property(o => o.PriceBandBps).HasColumnName("price_band_bps");
        builder.Property(o => o.Status).HasColumnName("status");
        builder.Property(o => o.Reason).HasColumnName("reason");
        builder.Property(o => o.CreatedAt).HasColumnName("created_at");
        builder.Property(o => o.EndedAt).HasColumnName("ended_at");
        builder.ComplexProperty(o => o.Terms, MapTerms);
        builder.ComplexProperty(o => o.Rules, MapRules);
        builder.Property(o => o.IsCurve).HasColumnName("is_curve");
        builder.HasOne(o => o.Curve).WithOne().HasForeignKey<OrderCurve>(c => c.OrderId);
        builder.Property(o => o.Revision).HasColumnName("revision");
        builder.Property(o => o.First).HasColumnName("first_terms");
        builder.Property(o => o.Anchor).HasColumnName("anchor");
        builder.Property(o => o.AnchorPart).HasColumnName("anchor_part");
        builder.Property(o => o.IsRestReleased).HasColumnName("is_rest_released");
        builder.Ignore(o => o.Group);
        builder.Ignore(o => o.ReservationId);
        builder.Ignore(o => o.IsOneSwap);
        builder.Ignore(o => o.IsOutOfAttempts);
        builder.Ignore(o => o.Actor);
        builder.HasMany(o => o.Slices).WithOne().HasForeignKey(s => s.OrderId);
        builder.Navigation(o => o.Slices).HasField("_slices").UsePropertyAccessMode(PropertyAccessMode.Field);
    }
    private static void MapTerms(ComplexPropertyBuilder<OrderTerms> terms)
    {
        terms.Property(t => t.Uuid).HasColumnName("uuid");
        terms.Property(t => t.Owner).HasColumnName("owner");
        terms.Property(t => t.Recipient).HasColumnName("recipient");
        terms.Property(t => t.SellToken).HasColumnName("sell_token");
        terms.Property(t => t.BuyToken).HasColumnName("buy_token");
        terms.Property(t => t.AmountIn).HasColumnName("amount_in");
        terms.Property(t => t.Router).HasColumnName("router");
        terms.Property(t => t.ChainId).HasColumnName("chain_id");
        terms.Property(t => t.Trigger).HasColumnName("trigger");
        terms.Property(t => t.ConditionToken).HasColumnName("condition_token");
        terms.Property(t => t.BaseAsset).HasColumnName("base_asset");
        terms.Property(t => t.Direction).HasColumnName("direction");
        terms.Property(t => t.TargetPrice).HasColumnName("target_price");
        terms.Property(t => t.ValidFrom).HasColumnName("valid_from");
        terms.Property(t => t.ValidTo).HasColumnName("valid_to");
        terms.Property(t => t.MinAmountOut).HasColumnName("min_amount_out");
        terms.Property(t => t.SlippageBps).HasColumnName("slippage_bps");
        terms.Property(t => t.MaxDeviationBps).HasColumnName("max_deviation_bps");
        terms.Property(t => t.AcceptsUnprotectedOutput).HasColumnName("accepts_unprotected");
        terms.Property(t => t.LimitPrice).HasColumnName("limit_price");
        terms.Property(t => t.IsImmediate).HasColumnName("is_immediate");
        terms.Property(t => t.GroupId).HasColumnName("group_id");
        terms.Property(t => t.Leg).HasColumnName("leg");
        terms.Property(t => t.TrailingBps).HasColumnName("trailing_bps");
        terms.Property(t => t.TrailingAmount).HasColumnName("trailing_amount");
        terms.Ignore(t => t.Trail);
        terms.Ignore(t => t.SellContract);
        terms.Ignore(t => t.Range);
        terms.Ignore(t => t.Rate);
        terms.Ignore(t => t.TimeInForce);
    }

    private static void MapRules(ComplexPropertyBuilder<ScheduleRules> rules)
    {
        rules.Property(r => r.Parts).HasColumnName("parts");
        rules.Property(r => r.IntervalCount).HasColumnName("interval_count");
        rules.Property(r => r.IntervalUnit).HasColumnName("interval_unit");
        rules.Property(r => r.KeepsDistance).HasColumnName("keeps_distance");
        rules.Property(r => r.AttemptsMax).HasColumnName("attempts_max");
        rules.Property(r => r.OnPartFailed).HasColumnName("on_part_failed");
        rules.Property(r => r.Slippage).HasColumnName("slippage_from");
        rules.Ignore(r => r.Interval);
    }
}
