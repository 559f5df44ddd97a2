using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain.Expressions;
using OrderService.Domain.Orders;

namespace OrderService.Api.Tread;

/// <summary>What an amend asks for, read: each value by itself, without the order that it is about.</summary>
internal sealed record AmendChanges(IReadOnlyDictionary<string, WireNumber> Numbers, JsonElement? LimitPrice, bool ChangesLimit)
{
    public const string BaseQty = "base_asset_qty";
    public const string QuoteQty = "quote_asset_qty";
    public const string Duration = "duration";
    public const string PovTarget = "pov_target";
    public const string Limit = "limit_price";


    private static readonly string[] Known = [BaseQty, QuoteQty, Duration, PovTarget, Limit, StrategyParamsJson.ClipKey];

    /// <summary>Reads them; the first that is no such field or no such value is the fault.</summary>
    public static (AmendChanges? Changes, TreadFault? Fault) Read(JsonElement given)
    {
        var numbers = new Dictionary<string, WireNumber>(StringComparer.Ordinal);
        foreach (var member in given.EnumerateObject())
        {
            if (!Known.Contains(member.Name)) return (null, Fault($"Invalid field: {member.Name}"));
            if (member.Name == Limit) continue;
            if (FaultOf(member) is { } fault) return (null, Fault(fault));
            numbers[member.Name] = JsonText.Decimal(member.Value)!.Value;
        }
        var changesLimit = given.TryGetProperty(Limit, out var limit);
        return (new AmendChanges(numbers, changesLimit && limit.ValueKind != JsonValueKind.Null ? limit : null, changesLimit), null);
    }

    /// <summary>A number of a field; null where it is not changed.</summary>
    public WireNumber? this[string name] => Numbers.TryGetValue(name, out var number) ? number : null;

    /// <summary>True where both quantities are changed.</summary>
    public bool HasBothQuantities => Numbers.ContainsKey(BaseQty) && Numbers.ContainsKey(QuoteQty);

    /// <summary>The engine's changes, but for the limit; refused where a number is finer than its token.</summary>
    public (CurveChanges? Changes, TreadFault? Fault) Of(OrderFacts order)
    {
        foreach (var (name, decimals) in new[] { (BaseQty, order.Fields.BaseDecimals), (QuoteQty, order.Fields.QuoteDecimals), (StrategyParamsJson.ClipKey, order.Fields.QuoteDecimals) })
        {
            if (this[name] is { } number && !number.TryScale(decimals, out _)) return (null, Fault($"{name} has more than {JsonText.Text(decimals)} decimals"));
        }
        var target = (this[BaseQty] ?? this[QuoteQty]) is { } quantity ? NewOrderTerms.Units(quantity, order.TargetDecimals) : null;
        return (new CurveChanges
        {
            Target = target,
            Duration = this[Duration] is { } seconds ? (long)seconds.ScaleFloor(3) : null,
            VolumeTarget = this[PovTarget] is { } part ? OrderService.Domain.Scheduling.Share.Of((long)part.ScaleFloor(9)) : null,
            ClipMax = this[StrategyParamsJson.ClipKey] is { } clip ? NewOrderTerms.Units(clip, order.Fields.QuoteDecimals) : null,
        }, null);
    }

    /// <summary>The new limit, none for null and an empty text.</summary>
    public LimitChange? LimitOf(IExpressionNames names, out string? fault)
    {
        fault = null;
        if (!ChangesLimit) return null;
        if (LimitPrice is not { } value) return new LimitChange(null, null);
        var limit = GivenLimits.Read(value, names, out fault);
        return fault is not null ? null : limit is null ? new LimitChange(null, null) : new LimitChange(limit.Price, limit.Price is null ? limit.Expression.ToInfix() : null);
    }

    private static string? FaultOf(JsonProperty member)
    {
        var number = JsonText.Decimal(member.Value);
        return member.Name switch
        {
            Duration => JsonText.Whole(member.Value) switch
            {
                null => "duration must be an integer",
                < TreadBounds.DurationMin or > TreadBounds.DurationMax => $"Duration must be an integer between {JsonText.Text(TreadBounds.DurationMin)} and {JsonText.Text(TreadBounds.DurationMax)}",
                _ => null,
            },
            PovTarget => number is { Digits.Sign: > 0 } part && new GivenDecimal("", part).IsWithin(0, 1_000) ? null : "pov_target must be between 0 and 1",
            _ => number is { Digits.Sign: > 0 } ? null : $"{member.Name} must be a positive number",
        };
    }

    private static TreadFault Fault(string sentence) => TreadFaults.Error(400, "invalid_change", sentence);
}
