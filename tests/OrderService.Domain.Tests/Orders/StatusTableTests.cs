using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;

namespace OrderService.Domain.Tests.Orders;

public sealed class StatusTableTests
{
    [Fact]
    public void An_order_moves_as_the_design_says() => Moves<OrderStatus>(OrderStatusTable.Allows).ShouldBe(
    [
        "Open>Paused", "Open>Cancelling", "Open>Cancelled", "Open>Completed", "Open>Failed", "Open>Expired",
        "Paused>Open", "Paused>Cancelling", "Paused>Cancelled", "Paused>Completed", "Paused>Failed", "Paused>Expired",
        "Cancelling>Cancelled", "Cancelling>Completed", "Cancelling>Failed", "Completed>Open", "Failed>Open",
        "Cancelled>Cancelling",
    ], ignoreOrder: true);

    [Fact]
    public void A_slice_moves_as_the_design_says() => Moves<SliceStatus>(SliceStatusTable.Allows).ShouldBe(
    [
        "Waiting>Executing", "Waiting>Cancelled", "Waiting>Expired", "Waiting>Skipped",
        "Executing>Waiting", "Executing>Broadcast", "Executing>Failed", "Executing>Cancelled", "Executing>Expired",
        "Broadcast>Waiting", "Broadcast>Confirmed", "Broadcast>Failed", "Broadcast>Cancelled", "Broadcast>Expired",
        "Confirmed>Broadcast", "Failed>Broadcast",
    ], ignoreOrder: true);

    [Fact]
    public void An_attempt_moves_as_the_design_says() => Moves<OutgoingStatus>(OutgoingStatusTable.Allows).ShouldBe(
    [
        "Prepared>Sent", "Prepared>Confirmed", "Prepared>Reverted", "Prepared>Rejected", "Prepared>Replaced",
        "Sent>Confirmed", "Sent>Reverted", "Sent>Rejected", "Sent>Replaced", "Confirmed>Sent", "Reverted>Sent",
    ], ignoreOrder: true);

    private static string[] Moves<T>(Func<T, T, bool> allows) where T : struct, Enum =>
        [.. from a in Enum.GetValues<T>() from b in Enum.GetValues<T>() where allows(a, b) select $"{a}>{b}"];
}
