using OrderService.Domain.Orders;

namespace OrderService.Engine.Orders.Curves;

/// <summary>An order as it reads at one moment, with its plan, its slices and its attempts, oldest first.</summary>
internal sealed record CurveView(Order Order, IReadOnlyList<SwapAttempt> Attempts, DateTimeOffset ReadAt)
{
    public OrderCurve Curve => Order.Curve!;

    public CurveStanding Standing => CurveCourse.StandingOf(Order, ReadAt);
}

/// <summary>One page, and how many orders there are on all pages.</summary>
internal sealed record CurvesPage(IReadOnlyList<CurveView> Orders, int Total);
