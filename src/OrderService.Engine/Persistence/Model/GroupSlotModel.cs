using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderService.Domain.Orders;

namespace OrderService.Engine.Persistence.Model;

internal sealed class GroupSlotModel : IEntityTypeConfiguration<GroupSlot>
{
    public void Configure(EntityTypeBuilder<GroupSlot> builder)
    {
        builder.ToTable("group_slots");
        builder.HasKey(s => s.GroupId);
        builder.Property(s => s.GroupId).HasColumnName("group_id").ValueGeneratedNever();
        builder.Property(s => s.Kind).HasColumnName("kind");
        builder.Property(s => s.Leg).HasColumnName("leg");
        builder.Property(s => s.IsFinal).HasColumnName("is_final");
        builder.Property(s => s.SellsAll).HasColumnName("sells_all");
        builder.Property(s => s.Funded).HasColumnName("funded");
        builder.Property(s => s.FundAt).HasColumnName("fund_at");
    }
}
