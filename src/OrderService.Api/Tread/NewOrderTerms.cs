using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Expressions;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Tread;

/// <summary>Makes of a body what the engine takes. Units are converted here and nowhere else.</summary>
internal static class NewOrderTerms
{
    public const string Dialect = "tread";

    /// <summary>The plan; the amount of the target is in base units of its token. Null where no token has as much.</summary>
    public static CurveTerms? Asked(this NewOrderBody body, PairPrice? pair)
    {
        if (Units(body.Quantity, body.TargetsBase ? body.Pair!.Base.Decimals : body.Pair!.Quote.Decimals) is not { } target) return null;
        return new CurveTerms
        {
            Side = body.Side,
            IsExactOut = body.IsExactOut,
            Target = target,
            Pace = body.Strategy.Pace,
            Shape = body.Strategy.Shape,
            Tilt = body.Strategy.IsSimple ? 0 : body.Tilt.PerBillion,
            Duration = (body.Duration ?? 0) * 1000L,
            Discretion = body.Discretion.Share,
            Patience = body.Strategy.IsSimple ? default : body.Passiveness.Share,
            SlicesMin = body.OrderSlices ?? (body.Strategy == Strategy.Iceberg ? 2 : 1),
            ClipMax = body.Params.ClipMax is { } clip ? Units(clip.Number, body.Pair.Quote.Decimals) : null,
            GoesOn = body.PovTarget is not null && !body.Params.Has("strict_duration"),
            VolumeTarget = body.PovTarget?.Share,
            VolumeMax = body.PovLimit?.Share,
            StartAt = body.Start,
            Condition = GateOf(body, pair)?.ToRpn(),
            ConditionExpiry = body.ConditionExpiry,
            LimitPrice = body.Limit?.Price,
            // either notation is read; this one is shown
            LimitExpression = body.Limit is { Price: null } limit ? limit.Expression.ToInfix() : null,
            IsReverseLimit = body.IsReverseLimit,
            PausesOutside = body.Params.Has("ool_pause") && !body.Strategy.IsSimple,
            CustomId = body.CustomId.Length == 0 ? null : body.CustomId,
        };
    }

    /// <summary>The terms of the whole order.</summary>
    public static OrderTerms Terms(
        Guid id, StacksAddress owner, Principal recipient, TokenId sell, TokenId buy, TokenAmount amountIn, VenueTerms venue) => new()
        {
            Uuid = OrderUuid.Parse(id.ToString("D")),
            Owner = owner,
            Recipient = recipient,
            SellToken = sell,
            BuyToken = buy,
            AmountIn = amountIn,
            Router = venue.Router,
            ChainId = venue.Network.ChainId,
            Trigger = SliceTrigger.Time, // the plan says when
        };

    /// <summary>What is kept to be shown again.</summary>
    public static OrderFields Fields(
        this NewOrderBody body, CurveTerms asked, IReadOnlyList<ManagedAccount> accounts, ManagedAccount payer, string venue,
        string receiver, DateTimeOffset now)
    {
        var pair = body.Pair!;
        return new OrderFields
        {
            Pair = pair.Name, Base = pair.Base.Symbol, Quote = pair.Quote.Symbol, BaseDecimals = pair.Base.Decimals,
            QuoteDecimals = pair.Quote.Decimals, Venue = venue,
            Strategy = body.Strategy.Id, Super = body.SuperStrategy?.Name ?? (body.Strategy.IsSimple ? body.Strategy.Name : null),
            Accounts = [.. accounts.Select(a => a.Id)], AccountNames = [.. accounts.Select(a => a.Name)], PaidBy = payer.Name,
            Duration = (int)(asked.Duration / 1000), Start = body.Start ?? now,
            Passiveness = body.Passiveness.Text, Discretion = body.Discretion.Text, Tilt = body.Tilt.Text, PovLimit = body.PovLimit?.Text,
            PovTarget = body.PovTarget?.Text,
            LimitPrice = body.Limit?.Text ?? "", Condition = body.Condition?.Rpn, ConditionInfix = body.Condition?.Infix,
            Variables = [.. (body.Condition?.Condition.Variables
                ?? []).Select(v => (string[])[v.Name, v.Value.ToRpn(), v.Value.ToInfix()])],
            StopPrice = body.StopPrice?.Text, Params = body.Params.Json, OrderSlices = body.OrderSlices, MaxOtc = body.MaxOtc?.Text ?? "0",
            PosSide = body.PosSide, Leverage = body.Leverage,
            CustomId = body.CustomId, Notes = body.Notes, ChaseDecay = body.ChaseDecay, Metadata = body.Metadata,
            Warnings = [.. Incompatible.Warnings(body)], Receiver = receiver,
        };
    }

    /// <summary>Base units; null above 2^128-1. The number is known to be as fine as the token at most.</summary>
    public static TokenAmount? Units(OrderService.Api.Wire.WireNumber number, int decimals)
    {
        var units = number.ScaleFloor(decimals);
        return units <= (System.Numerics.BigInteger)UInt128.MaxValue ? new TokenAmount((UInt128)units) : null;
    }

    // The stop price is a second gate: a buy waits until the price has risen to it, a sell until it has fallen.
    private static Condition? GateOf(NewOrderBody body, PairPrice? pair)
    {
        var given = body.Condition?.Condition;
        if (body.StopPrice is not { } stop || pair is null) return given;
        var bound = new NumberLiteral(stop.Text, new FixedNumber((Int128)stop.Number.ScaleFloor(Price.Decimals)));
        return given is null ? Condition.Of(pair, body.Side == TradeSide.Buy, bound) : given.With(pair, body.Side == TradeSide.Buy, bound);
    }
}
