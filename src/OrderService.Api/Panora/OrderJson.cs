using OrderService.Api.Panora.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;

namespace OrderService.Api.Panora;

/// <summary>
/// Makes the records of orders as this wire has them. A limit order has the fields of its own call instead of a rhythm's.
/// </summary>
internal static class OrderJson
{
    /// <summary>An amount in parts; <c>txDetails</c> only where they are given.</summary>
    public static DcaOrderRecord DcaOf(ScheduledView order, uint chainId, Token sell, Token buy, TxDetails? details)
    {
        var echo = EchoedFields.Parse(order.ClientFields);
        var own = new DcaOrderRecord
        {
            Interval = echo.Span("interval")!,
            Delay = echo.Span("delay"),
            EstimatedCompletionTime = Text(CompletionOf(order)),
            MinRateToTokenPerFromToken = echo["minRateToTokenPerFromToken"],
            MaxRateToTokenPerFromToken = echo["maxRateToTokenPerFromToken"],
        };
        return (DcaOrderRecord)With(own, order, echo, chainId, sell, buy, details);
    }

    /// <summary>One swap at a rate or better.</summary>
    public static LimitOrderRecord LimitOf(ScheduledView order, uint chainId, Token sell, Token buy, TxDetails? details)
    {
        var echo = EchoedFields.Parse(order.ClientFields);
        var own = new LimitOrderRecord
        {
            FromWalletAddress = echo["fromWalletAddress"]!, Expiry = echo.Span("expiry"), ExpiresAtTime = Text(order.ValidTo),
            RateToTokenPerFromToken = echo["rateToTokenPerFromToken"]!,
        };
        return (LimitOrderRecord)With(own, order, echo, chainId, sell, buy, details);
    }

    // What both have.
    private static OrderRecord With(
        OrderRecord own, ScheduledView order, EchoedFields echo, uint chainId, Token sell, Token buy, TxDetails? details)
    {
        var parts = order.Parts;
        var returned = order.Status.IsTerminal() ? order.AmountIn - parts.Spent : parts.Returned;
        return own with
        {
            PanoraTxId = order.PublicId!,
            ChainId = chainId,
            ToWalletAddress = echo["toWalletAddress"] ?? order.Recipient.ToString(),
            FromToken = Of(sell),
            ToToken = Of(buy),
            FeeToken = Of(sell),
            FromTokenAmountTotal = order.AmountIn.ToWhole(sell.Decimals),
            FromTokenAmountSpent = parts.Spent.ToWhole(sell.Decimals),
            FromTokenAmountBalance = (order.AmountIn - parts.Spent - returned).ToWhole(sell.Decimals),
            FromTokenAmountWithdrawn = returned.ToWhole(sell.Decimals),
            ToTokenAmountWithdrawn = parts.Received.ToWhole(buy.Decimals),
            NumberOfOrdersTotal = parts.Count,
            NumberOfOrdersRemaining = order.Status.IsTerminal() ? 0 : parts.Open,
            NumberOfOrdersCompleted = parts.Confirmed,
            FromTokenAmountPerOrder = parts.Each.ToWhole(sell.Decimals),
            CreatedAtTime = IsoTime.Text(order.CreatedAt),
            NextOrderTime = IsoTime.Text(parts.NextAt ?? order.CreatedAt),
            AvgPriceFromTokenPerToToken = WireNumbers.Rate(parts.Spent, sell, parts.Received, buy),
            AvgPriceToTokenPerFromToken = WireNumbers.Rate(parts.Received, buy, parts.Spent, sell),
            Status = PanoraStatus.Of(order.Status, parts.Confirmed == parts.Count),
            Paused = order.Status == OrderStatus.Paused ? true : null,
            CancelRequested = order.Status == OrderStatus.Cancelling ? true : null,
            Reason = ReasonOf(order),
            PlatformId = echo["platformId"] ?? "",
            SlippagePercentage = echo["slippagePercentage"],
            TxDetails = details is null ? null : [.. details.Entries.Select(entry => TxDetailJson.Of(entry, details, order, sell, buy))],
            TxDetailsCut = details is { IsCut: true } ? true : null,
        };
    }

    private static string? ReasonOf(ScheduledView order) => order.Status switch
    {
        OrderStatus.Expired => "expired",
        OrderStatus.Completed => order.Parts.Confirmed == order.Parts.Count ? null : TxHistory.PartsFailed,
        _ => order.Status.IsTerminal() ? order.Reason : order.Parts.Waiting,
    };

    // While the next part is late, so are those behind it: they are counted from its run (Rhythm), which is now at the earliest.
    private static DateTimeOffset? CompletionOf(ScheduledView order)
    {
        if (order.Interval is not { } interval || order.Parts is not { NextAt: { } next, LastAt: { } last }) return null;
        if (order.Status.IsTerminal()) return order.EndedAt ?? last;
        var now = order.ReadAt;
        if (next >= now) return last;
        return order.Parts.Open == 1 || interval.After(next, 1) < now ? interval.After(now, Math.Max(0, order.Parts.Open - 1)) : last;
    }

    private static TokenRecord Of(Token token) => new()
    {
        Address = token.Id.ToString(), Name = token.Name, Symbol = token.Symbol, Decimals = token.Decimals, LogoUrl = token.Image,
    };

    private static string? Text(DateTimeOffset? moment) => moment is { } at ? IsoTime.Text(at) : null;
}
