using OrderService.Api.Tread.Records;

namespace OrderService.Api.Tread;

/// <summary>Makes the records of a swap attempt as a placement. Price and quantity are those of its quote.</summary>
internal static class PlacementJson
{
    /// <summary>How many are shown of one order, the newest.</summary>
    public const int CountMax = 1_000;

    /// <summary>Inside the detail of its order.</summary>
    public static PlacementRecord Of(PlacementFacts placement) => With(new PlacementRecord(), placement);

    /// <summary>In the list of placements, which adds three fields.</summary>
    public static ListedPlacementRecord ListedOf(PlacementFacts placement) => (ListedPlacementRecord)With(
        new ListedPlacementRecord
        {
            BaseQty = placement.Order.BaseText(placement.QuotedBase),
            PctFilled = placement.IsFilled ? 100 : 0,
            FailureReason = placement.Status is ("FAILED", _) ? placement.Attempt.Reason ?? "" : "",
        },
        placement);

    private static PlacementRecord With(PlacementRecord own, PlacementFacts placement)
    {
        var (order, (status, sub)) = (placement.Order, placement.Status);
        return own with
        {
            Id = placement.Id.ToString(),
            CreatedAt = TreadTime.Text(placement.Attempt.PreparedAt),
            Order = order.Order.Id.ToString(),
            PlacementType = "TAKE",
            Price = placement.QuotedPrice?.ToString() ?? "0",
            Qty = order.BaseText(placement.QuotedBase),
            Exchange = order.Fields.Venue,
            Fills = placement.IsFilled ? [FillJson.Nested(placement)] : [],
            Passiveness = order.Fields.Passiveness,
            Filled = placement.IsFilled,
            ExternalId = placement.Attempt.TxId,
            Status = status,
            SubStatus = sub,
            IsCross = false,
            IsSimple = order.Strategy.IsSimple,
            ContractValue = "1",
            ClientOrderId = placement.ClientOrderId,
        };
    }
}
