using OrderService.Domain.Orders;

namespace OrderService.Engine.Orders;

/// <summary>What a new order is made of. A closed set: an order type is a constructor of slices.</summary>
internal abstract record OrderPlan
{
    private OrderPlan()
    {
    }

    /// <summary>All of it in one swap.</summary>
    public static OrderPlan OneSwap { get; } = new Whole();

    /// <summary>One swap.</summary>
    public sealed record Whole : OrderPlan;

    /// <summary>The parts of a schedule: what a DCA and a limit in suborders are here.</summary>
    public sealed record Parts(SchedulePlan Plan) : OrderPlan;

    /// <summary>
    /// Planned slice by slice, found by its labels. The terms' trigger is time; their amount in is what is set aside: the target where an
    /// exact amount is sold, else the most that is sold for it.
    /// </summary>
    public sealed record Curve(CurveTerms Asked, IReadOnlyList<string> Labels) : OrderPlan;
}
