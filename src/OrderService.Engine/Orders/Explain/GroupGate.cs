using System.Globalization;
using OrderService.Domain.Orders;

namespace OrderService.Engine.Orders.Explain;

/// <summary>What the other legs of its group mean for an order.</summary>
internal static class GroupGate
{
    /// <summary>The gate of the leg of that number.</summary>
    public static OrderGate Of(GroupView group, int leg)
    {
        var (slot, legs) = (group.Slot, group.Legs);
        var kind = slot.Kind.ToString().ToLowerInvariant();
        if (slot.Kind.After(leg) is { } number && legs[number - 1].Order is { Status: not OrderStatus.Completed } first)
        {
            return new OrderGate(OrderGate.Group, false, $"It waits until leg {number} of its group, order {first.Terms.Uuid}, is swapped.")
            {
                Change = $"Order {first.Terms.Uuid} is swapped.", Figures = FiguresOf(slot, leg, kind, first),
            };
        }
        if (slot.Kind.After(leg) is { } before && slot.FundAt is { } at)
        {
            return new OrderGate(OrderGate.Group, false,
                "Its turn has come, and what it sells is not set aside yet: the account that pays is looked at.")
                {
                    Change = "The account has what it sells, beside what is set aside for others.",
                    Figures = FiguresOf(slot, leg, kind, legs[before - 1].Order)
                        .Append(KeyValuePair.Create("fundAt", OrderGates.Moment(at))).ToDictionary(),
                };
        }
        if (!slot.IsTakenFrom(leg))
        {
            return new OrderGate(OrderGate.Group, true,
                $"It is leg {leg} of {legs.Count} of a group ({kind}), of which no other leg is in flight.")
                {
                    Figures = FiguresOf(slot, leg, kind, null),
                };
        }
        var other = legs[slot.Leg!.Value - 1].Order;
        var named = $"leg {slot.Leg} of its group, order {other.Terms.Uuid},";
        return new OrderGate(OrderGate.Group, false, WaitingForOrder.Current(other) switch
        {
            { Status: SliceStatus.Broadcast, EndAs: null } => $"Its other leg is in flight: {named} is swapped, or ends first.",
            null => $"Its other leg was swapped: {named} is done, and this one ends when no block can take that back.",
            _ => $"Its other leg was sent: {named} has to end first, which takes the spend of its uuid.",
        })
        {
            Change = $"Order {other.Terms.Uuid} ends without a swap.", Figures = FiguresOf(slot, leg, kind, other),
        };
    }

    private static Dictionary<string, string> FiguresOf(GroupSlot slot, int leg, string kind, Order? other) => OrderGates.Of(
        ("groupId", slot.GroupId.ToString()), ("type", kind), ("leg", leg.ToString(CultureInfo.InvariantCulture)),
        ("otherLeg", other?.Terms.Leg?.ToString(CultureInfo.InvariantCulture)), ("otherOrder", other?.Terms.Uuid.ToString()));
}
