using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>Makes the records of a fill, in the three shapes that it has.</summary>
internal static class FillJson
{
    /// <summary>Of an open order in the list.</summary>
    public static OpenFillRecord OfOpen(PlacementFacts placement)
    {
        var order = placement.Order;
        return new OpenFillRecord
        {
            Id = placement.FillId.ToString(),
            OrderId = order.Order.Id.ToString(),
            Exchange = order.Fields.Venue,
            Pair = order.Fields.Pair,
            Side = order.Side,
            Quantity = order.BaseText(placement.FillBase),
            Price = placement.FillPrice?.ToString() ?? "0",
            Timestamp = TreadTime.Text(placement.FillTime),
            Fee = "0",
            FeeCurrency = order.Fields.Quote,
        };
    }

    /// <summary>Of an order with statistics, whose decimals are padded, and of the detail, where they are shortest.</summary>
    public static FillRecord OfStats(PlacementFacts placement, bool isPadded)
    {
        var order = placement.Order;
        return new FillRecord
        {
            PlacementId = placement.Id.ToString(),
            Exchange = order.Fields.Venue,
            Role = "TAKE",
            ExecutedPrice = Text(placement.FillPrice?.ToString() ?? "0", 2),
            ExecutedQty = Text(order.BaseText(placement.FillBase), 8),
            ExecutedNotional = Text(order.QuoteText(placement.FillQuote), 2),
            Fee = Text("0", 2),
            FillTime = TreadTime.Text(placement.FillTime),
        };

        string Text(string number, int digits) => isPadded ? Decimals.Padded(number, digits) : number;
    }

    /// <summary>Inside its placement.</summary>
    public static PlacementFillRecord Nested(PlacementFacts placement) => new()
    {
        Id = placement.FillId.ToString(),
        CreatedAt = TreadTime.Text(placement.FillTime),
        FillTime = TreadTime.Text(placement.FillTime),
        Role = "TAKE",
        ExternalId = placement.Attempt.TxId,
        ExecutedPrice = new NumberText(placement.FillPrice?.ToString() ?? "0"),
        ExecutedQty = new NumberText(placement.Order.BaseText(placement.FillBase)),
        Exchange = placement.Order.Fields.Venue,
        Fee = new NumberText("0"),
    };
}
