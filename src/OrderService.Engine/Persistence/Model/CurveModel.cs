using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderService.Domain.Orders;

namespace OrderService.Engine.Persistence.Model;

internal sealed class CurveModel : IEntityTypeConfiguration<OrderCurve>
{
    public void Configure(EntityTypeBuilder<OrderCurve> builder)
    {
        builder.ToTable("curves");
        builder.HasKey(c => c.OrderId);
        builder.Property(c => c.OrderId).HasColumnName("order_id").ValueGeneratedNever();
        builder.ComplexProperty(c => c.Asked, asked =>
        {
            asked.Property(a => a.Side).HasColumnName("side");
            asked.Property(a => a.IsExactOut).HasColumnName("is_exact_out");
            asked.Property(a => a.Target).HasColumnName("target");
            asked.Property(a => a.Pace).HasColumnName("pace");
            asked.Property(a => a.Shape).HasColumnName("shape");
            asked.Property(a => a.Tilt).HasColumnName("tilt");
            asked.Property(a => a.Duration).HasColumnName("duration_ms");
            asked.Property(a => a.Discretion).HasColumnName("discretion");
            asked.Property(a => a.Patience).HasColumnName("patience");
            asked.Property(a => a.SlicesMin).HasColumnName("slices_min");
            asked.Property(a => a.ClipMax).HasColumnName("clip_max");
            asked.Property(a => a.GoesOn).HasColumnName("goes_on");
            asked.Property(a => a.VolumeTarget).HasColumnName("volume_target");
            asked.Property(a => a.VolumeMax).HasColumnName("volume_max");
            asked.Property(a => a.StartAt).HasColumnName("start_at");
            asked.Property(a => a.Condition).HasColumnName("condition");
            asked.Property(a => a.ConditionExpiry).HasColumnName("condition_expiry");
            asked.Property(a => a.LimitPrice).HasColumnName("limit_price");
            asked.Property(a => a.LimitExpression).HasColumnName("limit_expression");
            asked.Property(a => a.IsReverseLimit).HasColumnName("is_reverse_limit");
            asked.Property(a => a.PausesOutside).HasColumnName("pauses_outside");
            asked.Property(a => a.CustomId).HasColumnName("custom_id");
            asked.Ignore(a => a.HasLimit);
        });
        builder.Property(c => c.Labels).HasColumnName("labels");
        builder.Property(c => c.AttemptsMax).HasColumnName("attempts_max");
        builder.Property(c => c.Revision).HasColumnName("revision");
        builder.Property(c => c.ActivatedAt).HasColumnName("activated_at");
        builder.Property(c => c.PausedAt).HasColumnName("paused_at");
        builder.Property(c => c.ResumedAt).HasColumnName("resumed_at");
        builder.Property(c => c.AmendedAt).HasColumnName("amended_at");
        builder.Property(c => c.PausedFor).HasColumnName("paused_for");
        builder.Property(c => c.PausedBy).HasColumnName("paused_by");
        builder.Property(c => c.ResumeWhen).HasColumnName("resume_when");
        builder.Property(c => c.IsBlind).HasColumnName("is_blind");
        builder.Property(c => c.Kept).HasColumnName("kept").HasColumnType("json");
        builder.Property(c => c.Knots).HasColumnName("knots");
        builder.Property(c => c.LayoutDone).HasColumnName("layout_done");
        builder.Property(c => c.LayoutCount).HasColumnName("layout_count");
        builder.Property(c => c.SizeMax).HasColumnName("size_max");
        builder.Property(c => c.Funds).HasColumnName("funds");
        builder.Property(c => c.Released).HasColumnName("released");
        builder.Property(c => c.ArrivalPrice).HasColumnName("arrival_price");
        builder.Property(c => c.DeparturePrice).HasColumnName("departure_price");
        builder.Property(c => c.Vwap).HasColumnName("vwap");
        builder.Property(c => c.IntervalVolume).HasColumnName("interval_volume");
        builder.Property(c => c.WakeAt).HasColumnName("wake_at");
        builder.Property(c => c.IsWatching).HasColumnName("is_watching");
        builder.Ignore(c => c.Time);
        builder.Ignore(c => c.Curve);
    }
}
