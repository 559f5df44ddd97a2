using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderService.Domain.Orders;

namespace OrderService.Engine.Persistence.Model;

internal sealed class AttemptModel : IEntityTypeConfiguration<SwapAttempt>
{
    public void Configure(EntityTypeBuilder<SwapAttempt> builder)
    {
        builder.ToTable("attempts");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Id).HasColumnName("id").UseIdentityAlwaysColumn();
        builder.Property(a => a.OrderId).HasColumnName("order_id");
        builder.Property(a => a.SliceNumber).HasColumnName("slice_number");
        builder.Property(a => a.Kind).HasColumnName("kind");
        builder.Property(a => a.Status).HasColumnName("status");
        builder.Property(a => a.TxId).HasColumnName("tx_id");
        builder.Property(a => a.Raw).HasColumnName("raw");
        builder.Property(a => a.Solver).HasColumnName("solver");
        builder.Property(a => a.Nonce).HasColumnName("nonce");
        builder.Property(a => a.Origin).HasColumnName("origin");
        builder.Property(a => a.OriginNonce).HasColumnName("origin_nonce");
        builder.Property(a => a.Fee).HasColumnName("fee");
        builder.Property(a => a.QuotedAmountOut).HasColumnName("quoted_amount_out");
        builder.Property(a => a.MinAmountOut).HasColumnName("min_amount_out");
        builder.Property(a => a.SeenHeight).HasColumnName("seen_height");
        builder.Property(a => a.Raises).HasColumnName("raises");
        builder.Property(a => a.PreparedAt).HasColumnName("prepared_at");
        builder.Property(a => a.SendsCount).HasColumnName("sends_count");
        builder.Property(a => a.LastSentAt).HasColumnName("last_sent_at");
        builder.Property(a => a.Reason).HasColumnName("reason");
        builder.Property(a => a.AmountOut).HasColumnName("amount_out");
        builder.Property(a => a.BlockHeight).HasColumnName("block_height");
        builder.Property(a => a.SettledAt).HasColumnName("settled_at");
        builder.Property(a => a.IsFinal).HasColumnName("is_final");
    }
}

internal sealed class AttemptVersionModel : IEntityTypeConfiguration<AttemptVersion>
{
    public void Configure(EntityTypeBuilder<AttemptVersion> builder)
    {
        builder.ToTable("attempt_versions");
        builder.HasKey(v => v.TxId);
        builder.Property(v => v.TxId).HasColumnName("tx_id").ValueGeneratedNever();
        builder.Property(v => v.AttemptId).HasColumnName("attempt_id");
        builder.Property(v => v.Kind).HasColumnName("kind");
        builder.Property(v => v.Raw).HasColumnName("raw");
        builder.Property(v => v.Fee).HasColumnName("fee");
    }
}

internal sealed class OrderEventModel : IEntityTypeConfiguration<OrderEvent>
{
    public void Configure(EntityTypeBuilder<OrderEvent> builder)
    {
        builder.ToTable("order_events");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Id).HasColumnName("id").UseIdentityAlwaysColumn();
        builder.Property(e => e.OrderId).HasColumnName("order_id");
        builder.Property(e => e.SliceNumber).HasColumnName("slice_number");
        builder.Property(e => e.Owner).HasColumnName("owner");
        builder.Property(e => e.OrderStatus).HasColumnName("order_status");
        builder.Property(e => e.OrderFilled).HasColumnName("order_filled");
        builder.Property(e => e.OrderReason).HasColumnName("order_reason");
        builder.Property(e => e.Kind).HasColumnName("kind");
        builder.Property(e => e.At).HasColumnName("at");
        builder.Property(e => e.Actor).HasColumnName("actor");
        builder.Property(e => e.Detail).HasColumnName("detail").HasColumnType("json");
        builder.Property<ulong>("Xid").HasColumnName("xid").HasColumnType("xid8").ValueGeneratedOnAdd(); // its transaction, by which it gets its position
    }
}
