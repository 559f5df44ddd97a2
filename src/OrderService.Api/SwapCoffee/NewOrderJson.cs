using System.Numerics;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;

namespace OrderService.Api.SwapCoffee;

/// <summary>Reads the JSON of a new order. Units are converted here and nowhere else: a slippage of 0.01 is 100 basis points from here on.</summary>
internal static class NewOrderJson
{
    public const int SubordersMax = 255;

    public const int DelayMin = 60;
    public const int DelayMax = 15_552_000;
    public const int ReferralNameMax = 100;

    /// <summary>The order, or the first field that is not as it must be.</summary>
    public static Result<NewOrderBody> Read(ReadOnlyMemory<byte> json) => JsonFields.ReadBody(json, Read);

    /// <summary>The same of an object inside another.</summary>
    public static Result<NewOrderBody> Read(JsonFields body)
    {
        if (body.Text("type").IsRejected(out var why, out var word)) return why;
        if (!StrategyTypes.TryParse(word, out var type)) return body.Field("type", StrategyTypes.Shape);
        if (type == StrategyType.Vca) return new OrderError.Malformed("vca orders are not supported");
        if (Token(body, "token_from").IsRejected(out why, out var from)) return why;
        if (Token(body, "token_to").IsRejected(out why, out var to)) return why;
        if (from == to) return body.Field("token_to", "must differ from token_from");
        if (body.Amount("input_amount").IsRejected(out why, out var amount)) return why;
        if (body.Whole("max_suborders", 1, SubordersMax).IsRejected(out why, out var suborders)) return why;
        if (body.Whole("max_invocations", suborders, SubordersMax).IsRejected(out why, out var invocations)) return why;
        if (Slippage(body).IsRejected(out why, out var slippage)) return why;
        if (body.Object("settings").IsRejected(out why, out var given)) return why;
        if ((type == StrategyType.Limit ? Limit(given) : Dca(given)).IsRejected(out why, out var settings)) return why;
        if (body.OptionalText("referral_name").IsRejected(out why, out var referral)) return why;
        if (referral is { } name && (name.Length > ReferralNameMax || name.Contains('\0'))) return body.Field("referral_name", $"must be text of at most {ReferralNameMax} characters");
        return new NewOrderBody(from, to, amount, suborders, invocations, slippage, settings, referral);
    }

    private static Result<TokenId> Token(JsonFields body, string name)
    {
        if (body.Object(name).IsRejected(out var why, out var token)) return why;
        if (token.Text("blockchain").IsRejected(out why, out var chain)) return why;
        if (chain != TokenAddress.Blockchain) return token.Field("blockchain", $"must be {TokenAddress.Blockchain}: this service swaps on Stacks, not on {(chain == "ton" ? "ton" : "another chain")}");
        if (token.Text("address").IsRejected(out why, out var address)) return why;
        return TokenAddress.TryParse(address, out var id) ? id : token.Field("address", TokenAddress.Shape);
    }

    // A fraction of 1: its smallest step here is a hundredth of a percent, from which a client's floating point may miss it by a billionth.
    public static Result<BasisPoints> Slippage(JsonFields body)
    {
        if (body.OptionalNumber("slippage").IsRejected(out var why, out var number)) return why;
        if (number is not { } fraction) return body.Field("slippage", "is required");
        var isWhole = fraction.TryBasisPoints(4, out var bps);
        if (fraction.Digits.Sign <= 0 || (isWhole ? bps : fraction.ScaleCeiling(4)) > 10_000) return body.Field("slippage", "must be above 0 and at most 1: 0.01 is 1 %");
        return isWhole && bps > 0 ? BasisPoints.Of((int)bps) : body.Field("slippage", "must be a multiple of 0.0001, a hundredth of a percent");
    }

    private static Result<StrategySettings> Limit(JsonFields settings) =>
        settings.Amount("min_output_amount").IsRejected(out var why, out var min) ? why : new StrategySettings.Limit(min);

    private static Result<StrategySettings> Dca(JsonFields settings)
    {
        if (Delay(settings).IsRejected(out var why, out var delay)) return why;
        if (RateFrom(settings).IsRejected(out why, out var from)) return why;
        if (RateTo(settings).IsRejected(out why, out var to)) return why;
        var rate = new RateBounds(from, to);
        return rate.IsEmpty ? settings.Field("price_range_from", "must not be above price_range_to") : new StrategySettings.Dca(delay, rate);
    }

    /// <summary>Seconds between two runs.</summary>
    public static Result<int> Delay(JsonFields settings) => settings.Whole("delay", DelayMin, DelayMax, orText: true);

    /// <summary>The least rate; null for no bound.</summary>
    public static Result<Price?> RateFrom(JsonFields settings) => Rate(settings, "price_range_from", (n, decimals) => n.ScaleCeiling(decimals));

    /// <summary>The greatest rate; null for no bound.</summary>
    public static Result<Price?> RateTo(JsonFields settings) => Rate(settings, "price_range_to", (n, decimals) => n.ScaleFloor(decimals));

    // Absent and 0 are no bound. Digits beyond the 18th after the point are rounded into the range, never out of it.
    private static Result<Price?> Rate(JsonFields settings, string name, Func<WireNumber, int, BigInteger> scale)
    {
        if (settings.OptionalNumber(name, orText: true).IsRejected(out var why, out var number)) return why;
        if (number is not { Digits.IsZero: false } given) return (Price?)null;
        var count = scale(given, Price.Decimals);
        return count > 0 && count <= (BigInteger)Price.MaxValue.Count ? new Price((UInt128)count) : settings.Field(name, "must be 0 for no bound, or a price of 10^-18 to 10^20");
    }
}
