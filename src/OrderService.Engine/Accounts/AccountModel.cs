using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderService.Domain.Accounts;
using OrderService.Engine.Sealing;

namespace OrderService.Engine.Accounts;

internal sealed class ManagedAccountModel : IEntityTypeConfiguration<ManagedAccount>
{
    public void Configure(EntityTypeBuilder<ManagedAccount> builder)
    {
        builder.ToTable("accounts");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(e => e.Owner).HasColumnName("owner");
        builder.Property(e => e.Name).HasColumnName("name");
        builder.Property(e => e.Address).HasColumnName("address");
        builder.Property(e => e.CreatedAt).HasColumnName("created_at");
    }
}

internal sealed class AccountKeyModel : IEntityTypeConfiguration<AccountKey>
{
    public void Configure(EntityTypeBuilder<AccountKey> builder)
    {
        builder.ToTable("account_keys");
        builder.HasKey(e => e.AccountId);
        builder.Property(e => e.AccountId).HasColumnName("account_id").ValueGeneratedNever();
        builder.Property(e => e.KeyId).HasColumnName("key_id");
        builder.Property(e => e.Nonce).HasColumnName("nonce");
        builder.Property(e => e.Ciphertext).HasColumnName("ciphertext");
        builder.HasOne<ManagedAccount>().WithOne().HasForeignKey<AccountKey>(e => e.AccountId);
    }
}

internal sealed class MasterKeyRecordModel : IEntityTypeConfiguration<MasterKeyRecord>
{
    public void Configure(EntityTypeBuilder<MasterKeyRecord> builder)
    {
        builder.ToTable("master_key");
        builder.HasKey(e => e.IsOnly);
        builder.Property(e => e.IsOnly).HasColumnName("is_only").ValueGeneratedNever();
        builder.Property(e => e.KeyId).HasColumnName("key_id");
        builder.Property(e => e.CheckValue).HasColumnName("check_value");
        builder.Property(e => e.SetAt).HasColumnName("set_at");
        builder.Property(e => e.AreOrdersSealed).HasColumnName("orders_sealed");
    }
}
