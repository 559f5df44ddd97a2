using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderService.Domain.Accounts;

namespace OrderService.Engine.Persistence.Model;

internal sealed class ReservationModel : IEntityTypeConfiguration<Reservation>
{
    public void Configure(EntityTypeBuilder<Reservation> builder)
    {
        builder.ToTable("reservations");
        builder.HasKey(e => new { e.OrderId, e.Token });
        builder.Property(e => e.OrderId).HasColumnName("order_id").ValueGeneratedNever();
        builder.Property(e => e.AccountId).HasColumnName("account_id");
        builder.Property(e => e.Token).HasColumnName("token");
        builder.Property(e => e.Initial).HasColumnName("initial");
        builder.Property(e => e.Spent).HasColumnName("spent");
        builder.Property(e => e.Reserved).HasColumnName("reserved");
        builder.Property(e => e.InFlight).HasColumnName("in_flight");
        builder.Property(e => e.Returned).HasColumnName("returned");
    }
}

internal sealed class AccountEntryModel : IEntityTypeConfiguration<AccountEntry>
{
    public void Configure(EntityTypeBuilder<AccountEntry> builder)
    {
        builder.ToTable("account_entries");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Id).HasColumnName("id").UseIdentityAlwaysColumn();
        builder.Property(e => e.AccountId).HasColumnName("account_id");
        builder.Property(e => e.Token).HasColumnName("token");
        builder.Property(e => e.OrderId).HasColumnName("order_id");
        builder.Property(e => e.SliceNumber).HasColumnName("slice_number");
        builder.Property(e => e.WithdrawalId).HasColumnName("withdrawal_id");
        builder.Property(e => e.Kind).HasColumnName("kind");
        builder.Property(e => e.Amount).HasColumnName("amount");
        builder.Property(e => e.At).HasColumnName("at");
        builder.Property(e => e.Actor).HasColumnName("actor");
    }
}

internal sealed class WithdrawalModel : IEntityTypeConfiguration<Withdrawal>
{
    public void Configure(EntityTypeBuilder<Withdrawal> builder)
    {
        builder.ToTable("withdrawals");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(e => e.AccountId).HasColumnName("account_id");
        builder.Property(e => e.Token).HasColumnName("token");
        builder.Property(e => e.Amount).HasColumnName("amount");
        builder.Property(e => e.Recipient).HasColumnName("recipient");
        builder.Property(e => e.IntentUuid).HasColumnName("intent_uuid");
        builder.Property(e => e.IsCalled).HasColumnName("is_called");
        builder.Property(e => e.OriginNonce).HasColumnName("origin_nonce");
        builder.Property(e => e.Status).HasColumnName("status");
        builder.Property(e => e.Reason).HasColumnName("reason");
        builder.Property(e => e.Tries).HasColumnName("tries");
        builder.Property(e => e.WakeAt).HasColumnName("wake_at");
        builder.Property(e => e.TxId).HasColumnName("tx_id");
        builder.Property(e => e.BlockHeight).HasColumnName("block_height");
        builder.Property(e => e.CreatedAt).HasColumnName("created_at");
        builder.Property(e => e.EndedAt).HasColumnName("ended_at");
        builder.Property(e => e.IsFinal).HasColumnName("is_final");
    }
}
