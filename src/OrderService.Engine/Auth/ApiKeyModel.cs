using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderService.Engine.Auth;

internal sealed class ApiKeyModel : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys");
        builder.HasKey(k => k.Id);
        builder.Property(k => k.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(k => k.Owner).HasColumnName("owner");
        builder.Property(k => k.Name).HasColumnName("name");
        builder.Property(k => k.KeyHash).HasColumnName("key_hash");
        builder.Property(k => k.KeyPreview).HasColumnName("key_preview");
        builder.Property(k => k.PermissionNames).HasColumnName("permissions");
        builder.Property(k => k.Status).HasColumnName("status");
        builder.Property(k => k.RatePerMinute).HasColumnName("rate_per_minute");
        builder.Property(k => k.MaxSlippageBps).HasColumnName("max_slippage_bps");
        builder.Property(k => k.MaxUsdPerDay).HasColumnName("max_usd_per_day");
        builder.Property(k => k.Tokens).HasColumnName("tokens");
        builder.Property(k => k.Ips).HasColumnName("ips");
        builder.Property(k => k.CreatedAt).HasColumnName("created_at");
        builder.Property(k => k.ExpiresAt).HasColumnName("expires_at");
        builder.Property(k => k.LastUsedAt).HasColumnName("last_used_at");
        builder.Property(k => k.RevokedAt).HasColumnName("revoked_at");
        builder.Property(k => k.Requests).HasColumnName("requests");
        builder.Property(k => k.Failures).HasColumnName("failures");
        builder.Property(k => k.Creations).HasColumnName("creations");
        builder.Property(k => k.Executions).HasColumnName("executions");
        builder.Property(k => k.Cancellations).HasColumnName("cancellations");
    }
}

internal sealed class ApiKeyRequestModel : IEntityTypeConfiguration<ApiKeyRequest>
{
    public void Configure(EntityTypeBuilder<ApiKeyRequest> builder)
    {
        builder.ToTable("api_key_usage");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).HasColumnName("id").UseIdentityAlwaysColumn();
        builder.Property(r => r.KeyId).HasColumnName("key_id");
        builder.Property(r => r.At).HasColumnName("at");
        builder.Property(r => r.Method).HasColumnName("method");
        builder.Property(r => r.Path).HasColumnName("path");
        builder.Property(r => r.Status).HasColumnName("status");
        builder.Property(r => r.Error).HasColumnName("error");
        builder.Property(r => r.TookMs).HasColumnName("took_ms");
    }
}
