using OrderService.Domain.Orders;

namespace OrderService.Domain.Tests.Orders;

public sealed class ScheduledOrderModelTests
{
    private const int OrdersPerSeed = 2_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_happens_every_part_ends_once_within_its_budgets_and_one_after_the_other(int seed)
    {
        var ends = new Dictionary<OrderStatus, int>();
        for (var i = 0; i < OrdersPerSeed; i++)
        {
            var played = new PlayedOrder((seed * 1_000_000) + i);
            try
            {
                played.Play(steps: 150);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {seed}, order {i}: {failure.Message}\n{played.Story()}", failure);
            }
            ends[played.Order.Status] = ends.GetValueOrDefault(played.Order.Status) + 1;
        }
        // Every way to end was seen, so none of the rules went untried.
        ends.Keys.ShouldBe([OrderStatus.Completed, OrderStatus.Cancelled, OrderStatus.Failed, OrderStatus.Expired], ignoreOrder: true);
    }
}
