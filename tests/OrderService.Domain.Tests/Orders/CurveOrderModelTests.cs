using OrderService.Domain.Orders;

namespace OrderService.Domain.Tests.Orders;

public sealed class CurveOrderModelTests
{
    private const int OrdersPerSeed = 2_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_happens_one_slice_is_open_and_no_unit_of_the_funds_is_lost(int seed)
    {
        var ends = new Dictionary<OrderStatus, int>();
        for (var i = 0; i < OrdersPerSeed; i++)
        {
            var played = new PlayedCurveOrder((seed * 1_000_000) + i);
            try
            {
                played.Play(steps: 120);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {seed}, order {i}: {failure.Message}\n{played.Story()}", failure);
            }
            ends[played.Order.Status] = ends.GetValueOrDefault(played.Order.Status) + 1;
        }
        ends.Keys.ShouldBe([OrderStatus.Completed, OrderStatus.Cancelled, OrderStatus.Failed], ignoreOrder: true);
    }
}
