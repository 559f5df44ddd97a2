using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;

namespace OrderService.Engine.Persistence.Model;

internal sealed class OutgoingModel : IEntityTypeConfiguration<OutgoingTransaction>
{
    public void Configure(EntityTypeBuilder<OutgoingTransaction> builder)
    {
        builder.ToTable("outgoing_transactions");
        builder.HasKey(t => t.Id);
        builder.Property<string>("Purpose").HasColumnName("purpose");
        builder.HasDiscriminator<string>("Purpose").HasValue<SwapAttempt>("slice").HasValue<WithdrawalTransaction>("withdrawal")
            .HasValue<NonceFill>("fill");
        builder.Property(t => t.Id).HasColumnName("id").UseIdentityAlwaysColumn();
        builder.Property(t => t.Status).HasColumnName("status");
        builder.Property(t => t.TxId).HasColumnName("tx_id");
        builder.Property(t => t.Raw).HasColumnName("raw");
        builder.Property(t => t.Solver).HasColumnName("solver");
        builder.Property(t => t.Nonce).HasColumnName("nonce");
        builder.Property(t => t.Origin).HasColumnName("origin");
        builder.Property(t => t.OriginNonce).HasColumnName("origin_nonce");
        builder.Property(t => t.Fee).HasColumnName("fee");
        builder.Property(t => t.SeenHeight).HasColumnName("seen_height");
        builder.Property(t => t.Raises).HasColumnName("raises");
        builder.Property(t => t.PreparedAt).HasColumnName("prepared_at");
        builder.Property(t => t.SendsCount).HasColumnName("sends_count");
        builder.Property(t => t.LastSentAt).HasColumnName("last_sent_at");
        builder.Property(t => t.Reason).HasColumnName("reason");
        builder.Property(t => t.BlockHeight).HasColumnName("block_height");
        builder.Property(t => t.SettledAt).HasColumnName("settled_at");
        builder.Property(t => t.IsFinal).HasColumnName("is_final");
        builder.Property(t => t.VoidAs).HasColumnName("void_as");
        builder.Property(t => t.OriginUsed).HasColumnName("origin_used");
    }
}

internal sealed class SwapAttemptModel : IEntityTypeConfiguration<SwapAttempt>
{
    public void Configure(EntityTypeBuilder<SwapAttempt> builder)
    {
        builder.Property(a => a.OrderId).HasColumnName("order_id");
        builder.Property(a => a.SliceNumber).HasColumnName("slice_number");
        builder.Property(a => a.Kind).HasColumnName("kind");
        builder.Property(a => a.QuotedAmountOut).HasColumnName("quoted_amount_out");
        builder.Property(a => a.MinAmountOut).HasColumnName("min_amount_out");
        builder.Property(a => a.AmountOut).HasColumnName("amount_out");
    }
}

internal sealed class WithdrawalTransactionModel : IEntityTypeConfiguration<WithdrawalTransaction>
{
    public void Configure(EntityTypeBuilder<WithdrawalTransaction> builder) =>
        builder.Property(t => t.WithdrawalId).HasColumnName("withdrawal_id");
}

internal sealed class OutgoingVersionModel : IEntityTypeConfiguration<OutgoingVersion>
{
    public void Configure(EntityTypeBuilder<OutgoingVersion> builder)
    {
        builder.ToTable("outgoing_versions");
        builder.HasKey(v => v.TxId);
        builder.Property(v => v.TxId).HasColumnName("tx_id").ValueGeneratedNever();
        builder.Property(v => v.TransactionId).HasColumnName("transaction_id");
        builder.Property(v => v.Kind).HasColumnName("kind");
        builder.Property(v => v.Raw).HasColumnName("raw");
        builder.Property(v => v.Fee).HasColumnName("fee");
    }
}
