using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderService.Domain.Amounts;
using OrderService.Domain.Expressions;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders.Curves;

namespace OrderService.Api.Tread;

/// <summary>
/// The quantities of an order as this wire names them (contract §4.1), each computed once: sums of what the chain confirmed, in base and in
/// quote, and what is executed and left of the target.
/// </summary>
internal sealed class OrderFacts
{
    public OrderFacts(CurveView view)
    {
        (View, Fields) = (view, OrderFields.Parse(view.Order.ClientFields));
        Strategy = Strategy.All.First(s => s.Id == Fields.Strategy);
        var confirmed = Order.Slices.Where(s => s.Status == SliceStatus.Confirmed).ToList();
        In = confirmed.Aggregate(TokenAmount.Zero, (sum, s) => sum + s.AmountIn);
        Out = confirmed.Aggregate(TokenAmount.Zero, (sum, s) => sum + (s.AmountOut ?? TokenAmount.Zero));
        Executed = TargetsBase ? Base : Quote;
        Remaining = Executed >= Asked.Target ? TokenAmount.Zero : Asked.Target - Executed;
    }

    public CurveView View { get; }

    public OrderFields Fields { get; }

    public Strategy Strategy { get; }

    public Order Order => View.Order;

    public OrderCurve Curve => View.Curve;

    public CurveTerms Asked => Curve.Asked;

    public bool IsBuy => Asked.Side == TradeSide.Buy;

    public string Side => IsBuy ? "buy" : "sell";

    /// <summary>True where the target is the base token.</summary>
    public bool TargetsBase => Asked.IsExactOut == IsBuy;

    public int TargetDecimals => TargetsBase ? Fields.BaseDecimals : Fields.QuoteDecimals;

    public string TargetToken => TargetsBase ? Fields.Base : Fields.Quote;

    public string BuyToken => IsBuy ? Fields.Base : Fields.Quote;

    public string SellToken => IsBuy ? Fields.Quote : Fields.Base;

    public int BuyDecimals => IsBuy ? Fields.BaseDecimals : Fields.QuoteDecimals;

    public int SellDecimals => IsBuy ? Fields.QuoteDecimals : Fields.BaseDecimals;

    /// <summary>Sold.</summary>
    public TokenAmount In { get; }

    /// <summary>Received.</summary>
    public TokenAmount Out { get; }

    /// <summary>B.</summary>
    public TokenAmount Base => IsBuy ? Out : In;

    /// <summary>N.</summary>
    public TokenAmount Quote => IsBuy ? In : Out;

    /// <summary>E, in the target token.</summary>
    public TokenAmount Executed { get; }

    /// <summary>R.</summary>
    public TokenAmount Remaining { get; }

    /// <summary>P: notional over base; null while nothing is filled.</summary>
    public Price? AveragePrice => Decimals.Rate(Quote, Fields.QuoteDecimals, Base, Fields.BaseDecimals);

    /// <summary>What is sold: the target, or the most that an exact amount out may cost.</summary>
    public TokenAmount SellAmount =>
        Asked.IsExactOut ? Curve.Revision == 1 ? Order.Terms.AmountIn : Curve.Funds - Curve.Released : Asked.Target;

    public TokenAmount? BuyAmount => Asked.IsExactOut ? Asked.Target : null;

    /// <summary>Seconds.</summary>
    public long Duration => Asked.Duration / 1000;

    /// <summary>When it was asked to begin; from its activation on, when it did.</summary>
    public DateTimeOffset TimeStart => Curve.ActivatedAt ?? Fields.Start;

    /// <summary>Start, duration and the time it was paused.</summary>
    public DateTimeOffset TimeEnd => CurveCourse.EndsAt(Order, Order.EndedAt ?? View.ReadAt) ?? TimeStart.AddMilliseconds(Asked.Duration);

    /// <summary>As first planned; moved by the activation only.</summary>
    public DateTimeOffset OriginalTimeEnd => TimeStart.AddSeconds(Fields.Duration);

    /// <summary>The limit as it was given; after an amend, as the engine has it.</summary>
    public string LimitPrice => Curve.Revision == 1 ? Fields.LimitPrice
        : Asked.LimitPrice is { } price
        ? Price.TryParse(Fields.LimitPrice, out var given) && given == price ? Fields.LimitPrice : price.ToString()
        : Asked.LimitExpression ?? "";

    /// <summary>The part of the volume that it aims to be.</summary>
    public string? PovTarget =>
        Curve.Revision == 1 || Asked.VolumeTarget is not { } share
            ? Fields.PovTarget : OrderService.Api.Wire.HumanAmount.Text(share.Count, 9);

    /// <summary>As given; what an amend changed is the engine's.</summary>
    public string StrategyParams
    {
        get
        {
            if (Curve.Revision == 1 || Asked.ClipMax is not { } clip) return Fields.Params;
            var given = JsonNode.Parse(Fields.Params)!.AsObject();
            given[StrategyParamsJson.ClipKey] = JsonNode.Parse(Decimals.Text(clip, Fields.QuoteDecimals));
            return given.ToJsonString();
        }
    }

    /// <summary>True from its end on, where it ever began.</summary>
    public bool HasStatistics => Order.EndedAt is not null && Curve.ActivatedAt is not null;

    /// <summary>The market's volume while it ran, in whole base tokens.</summary>
    public string? IntervalVolume => Curve.IntervalVolume is { } volume ? BaseText(volume) : null;

    public string FailureReason => TreadStatus.FailureReason(Order);

    public string? SuperStrategy => Fields.Super;

    /// <summary>What of the target is in swaps that the chain has not decided.</summary>
    public TokenAmount Live =>
        Order.Slices.Where(s => s.Status == SliceStatus.Broadcast).Aggregate(TokenAmount.Zero, (sum, s) => sum + (s.Planned ?? s.AmountIn));

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt =>
        new[] { Order.CreatedAt, Order.EndedAt, Curve.ActivatedAt, Curve.PausedAt, Curve.ResumedAt, Curve.AmendedAt }
        .Concat(View.Attempts.SelectMany(a => new DateTimeOffset?[] { a.PreparedAt, a.SettledAt })).OfType<DateTimeOffset>().Max();

    /// <summary>True while a person's or the service's pause lasts.</summary>
    public bool IsPaused => Order.Status == OrderStatus.Paused;

    /// <summary>What ends the pause by itself, in infix; null where nothing does.</summary>
    public string? ResumeCondition
    {
        get
        {
            if (!IsPaused) return null;
            if (Curve.PausedBy == PausedBy.System)
                return $"{Fields.Pair}@{Fields.Venue} {(IsBuy != Asked.IsReverseLimit ? "<=" : ">=")} {LimitPrice}";
            return Curve.ResumeWhen;
        }
    }

    /// <summary>A value that a variable kept, which the engine has as a count.</summary>
    public static string? KeptText(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
            ? new FixedNumber(Int128.Parse(value.GetString()!, CultureInfo.InvariantCulture)).ToString() : null;

    public string Text(TokenAmount amount) => Decimals.Text(amount, TargetDecimals);

    public string BaseText(TokenAmount amount) => Decimals.Text(amount, Fields.BaseDecimals);

    public string QuoteText(TokenAmount amount) => Decimals.Text(amount, Fields.QuoteDecimals);
}
