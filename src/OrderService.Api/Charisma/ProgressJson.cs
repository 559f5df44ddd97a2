using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;

namespace OrderService.Api.Charisma;

/// <summary>Makes the record of how far an order has come that runs in parts or along a curve; one of a single swap has none.</summary>
internal static class ProgressJson
{
    public static ProgressRecord? Of(Order order, DateTimeOffset now)
    {
        if (order.IsOneSwap) return null;
        var confirmed = order.Slices.Where(slice => slice.Status == SliceStatus.Confirmed).ToList();
        var sold = confirmed.Aggregate(TokenAmount.Zero, (sum, slice) => sum + slice.AmountIn);
        var toSell = order.Curve is { Revision: > 1 } amended ? amended.Funds : order.Terms.AmountIn;
        var (done, whole) = order.Curve is { Asked.IsExactOut: true } exact ? (order.Paid, exact.Asked.Target) : (sold, toSell);
        var isOpen = order.EndedAt is null;
        return new ProgressRecord
        {
            Sold = sold.ToString(), ToSell = toSell.ToString(), Paid = order.Paid.ToString(), DoneBps = ShareOf(done, whole),
            Swaps = confirmed.Count, Parts = order.Rules.Parts,
            NextAt = isOpen ? Text(order.Slices.Where(slice => !slice.Status.IsTerminal()).Min(slice => slice.NotBefore)) : null,
            EndsAt = isOpen ? Text(EndOf(order, now)) : null,
        };
    }

    private static int ShareOf(TokenAmount done, TokenAmount whole) =>
        done >= whole
            ? BasisPoints.Max : (int)(Wide.MulDivFloor(done.Units, (UInt128)BasisPoints.Max, whole.Units) ?? (UInt128)BasisPoints.Max);

    // The moments of parts that have no slice yet are counted from the anchor, as they are when they are drawn.
    private static DateTimeOffset? EndOf(Order order, DateTimeOffset now) =>
        order.IsCurve ? CurveCourse.EndsAt(order, now)
        : order is { Rules: { Interval: { } rhythm, Parts: { } parts }, Anchor: { } from }
        ? rhythm.After(from, parts - 1 - order.AnchorPart) : order.Slices.Max(slice => slice.NotBefore);

    private static string? Text(DateTimeOffset? moment) => moment is { } at ? IsoTime.Text(at) : null;
}
