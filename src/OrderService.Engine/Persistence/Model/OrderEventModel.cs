using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderService.Domain.Orders;

namespace OrderService.Engine.Persistence.Model;

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
        // its transaction, by which it gets its position
        builder.Property<ulong>("Xid").HasColumnName("xid").HasColumnType("xid8").ValueGeneratedOnAdd();
    }
}
