using System.Text.Json;
using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Expressions;
using OrderService.Domain.Orders;

namespace OrderService.Api.Tread;

/// <summary>What an amend asks for, against the order that it is about.</summary>
internal static class AmendChanges
{
    /// <summary>True where both quantities are changed.</summary>
    public static bool HasBothQuantities(this ChangesRecord given) => given.BaseAssetQty.IsGiven && given.QuoteAssetQty.IsGiven;

    /// <summary>The engine's changes, but for the limit; refused where a number is finer than its token.</summary>
    public static (CurveChanges? Changes, TreadFault? Fault) Of(this ChangesRecord given, OrderFacts order)
    {
        (string Name, Given<GivenDecimal> Given, int Decimals)[] amounts =
            [("base_asset_qty", given.BaseAssetQty, order.Fields.BaseDecimals),
                ("quote_asset_qty", given.QuoteAssetQty, order.Fields.QuoteDecimals),
                (StrategyParamsJson.ClipKey, given.MaxClipSize, order.Fields.QuoteDecimals)];
        if (amounts.FirstOrDefault(a => a.Given.Value?.Number.TryScale(a.Decimals, out _) == false) is { Name: { } tooFine,
            Decimals: var most })
        {
            return (null, TreadFaults.Error(400, "invalid_change", $"{tooFine} has more than {JsonText.Text(most)} decimals"));
        }
        return (new CurveChanges
        {
            Target = (given.BaseAssetQty.Value ?? given.QuoteAssetQty.Value) is { } quantity
                ? NewOrderTerms.Units(quantity.Number, order.TargetDecimals) : null,
            Duration = given.Duration.IsRead ? given.Duration.Value * 1_000 : null,
            VolumeTarget = given.PovTarget.Value?.Share,
            ClipMax = given.MaxClipSize.Value is { } clip ? NewOrderTerms.Units(clip.Number, order.Fields.QuoteDecimals) : null,
        }, null);
    }

    /// <summary>The new limit, none for null and an empty text.</summary>
    public static LimitChange? LimitOf(this ChangesRecord given, IExpressionNames names, out string? fault)
    {
        fault = null;
        if (!given.LimitPrice.IsRead) return null;
        if (given.LimitPrice.Value.ValueKind == JsonValueKind.Null) return new LimitChange(null, null);
        var limit = GivenLimits.Read(given.LimitPrice.Value, names, out fault);
        return fault is not null
            ? null
            : limit is null
            ? new LimitChange(null, null) : new LimitChange(limit.Price, limit.Price is null ? limit.Expression.ToInfix() : null);
    }
}
