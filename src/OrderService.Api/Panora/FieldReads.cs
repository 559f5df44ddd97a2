using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Panora;

/// <summary>How the fields that several routes share are read.</summary>
internal static class FieldReads
{
    public const string Infinity = "Infinity";
    public const string Auto = "auto";

    public const int CountMax = 1_000_000;
    private const string Foreign = "is a 0x… address of another chain: this service is on Stacks, where an address starts with S, such as SP… or ST…";

    /// <summary>The chain, which must be the venue's.</summary>
    public static void Chain(this CallFields fields, StacksNetwork network, bool isNeeded)
    {
        if (!isNeeded && !fields.Has("chainId")) return;
        var chainId = fields.Need("chainId", (string? text, out long id) => TryReadWhole(text, 0, uint.MaxValue, out id), "must be a whole number");
        if (chainId != network.ChainId)
            fields.Refuse("chainId", string.Create(CultureInfo.InvariantCulture, $"must be {network.ChainId}: this service is on {network.Name}"), "wrong_network");
    }

    /// <summary>A wallet of this network.</summary>
    public static StacksAddress Wallet(this CallFields fields, string name, StacksNetwork network)
    {
        if (IsForeign(fields, name)) return default;
        var wallet = fields.Need<StacksAddress>(name, StacksAddress.TryParse, "must be a Stacks address", "invalid_principal");
        if (fields.Refusal is null && !wallet.BelongsTo(network)) fields.Refuse(name, $"is not an address of this service's network, {network.Name}, where it is written {wallet.On(network)}", "wrong_network");
        return wallet;
    }

    /// <summary>A token of the registry.</summary>
    public static Token? Token(this CallFields fields, string name, TokenRegistry tokens)
    {
        if (IsForeign(fields, name)) return null;
        var id = fields.Need<TokenId>(name, TryReadToken, "must be a contract id such as SP….name, or .stx", "invalid_principal");
        if (fields.Refusal is not null) return null;
        if (tokens.Find(id) is { } token) return token;
        fields.Refuse(new OrderService.Domain.OrderError.UnknownToken(name, id.ToString()));
        return null;
    }

    /// <summary>An amount in whole tokens, above zero.</summary>
    public static TokenAmount Amount(this CallFields fields, string name, int decimals)
    {
        fields.Need(name, (string? text, out bool there) => there = text is not null, "must be a decimal number in whole tokens");
        if (fields.Refusal is not null) return default;
        var fault = HumanAmount.Read(fields.Text(name), decimals, out var amount);
        var problem = fault switch
        {
            HumanAmountFault.Shape => ("must be a decimal number in whole tokens, such as 10.5", "invalid_field"),
            HumanAmountFault.TooFine => (string.Create(CultureInfo.InvariantCulture, $"has more decimals than the token, which has {decimals}"), "too_many_decimals"),
            HumanAmountFault.TooLarge => ("is more than any token has", "amount_out_of_range"),
            _ => amount == TokenAmount.Zero ? ("must be greater than 0", "invalid_field") : default,
        };
        if (problem.Item1 is not null) fields.Refuse(name, problem.Item1, problem.Item2);
        return amount;
    }

    /// <summary>A value and a unit, both or neither; where it may be zero, no time is null.</summary>
    public static Interval? Span(this CallFields fields, string name, bool isNeeded, bool mayBeZero = false)
    {
        var (value, unit) = (name + ".value", name + ".timePeriod");
        if (!isNeeded && !fields.Has(name) && !fields.Has(value) && !fields.Has(unit)) return null;
        if (fields.Has(name) && !fields.HasGroup(name)) fields.Refuse(name, $"must be an object of {value} and {unit}");
        var count = fields.Need(value, (string? text, out int read) => TryReadWhole(text, mayBeZero ? 0 : 1, CountMax, out read), $"must be a whole number from {(mayBeZero ? 0 : 1)}");
        var period = fields.Need<IntervalUnit>(unit, TryReadUnit, "must be minute, hour, day, week or month");
        return fields.Refusal is null && count > 0 ? Interval.Of(count, period) : null;
    }

    /// <summary>A rate: whole bought tokens for one whole sold token.</summary>
    public static Price? Rate(this CallFields fields, string name, bool isNeeded, bool mayBeInfinite)
    {
        if (!isNeeded && !fields.Has(name)) return null;
        if (fields.Text(name) == Infinity)
        {
            if (!mayBeInfinite) fields.Refuse(name, "must not be Infinity: no rate is above that");
            return null;
        }
        return fields.Need<Price>(name, TryReadPrice, "must be a decimal number of at most 20 integer and 18 fractional digits");
    }

    /// <summary>Percent above 0 and below 100 with two decimals, or auto; in basis points, null where the service chooses or nothing was given.</summary>
    public static int? Slippage(this CallFields fields)
    {
        const string name = "slippagePercentage";
        if (!fields.Has(name) || fields.Text(name) == Auto) return null;
        var bps = fields.Need<int>(name, TryReadPercent, "must be \"auto\" or a percentage above 0 and below 100 with at most two decimals, such as 0.5");
        return fields.Refusal is null ? bps : null;
    }

    /// <summary>A truth as JSON, or as any language prints it into a query.</summary>
    public static bool TryReadTruth([NotNullWhen(true)] string? text, out bool truth) => QueryText.TryParseTruth(text, out truth);

    /// <summary>A whole number from 1.</summary>
    public static bool TryReadCount([NotNullWhen(true)] string? text, out int count) => TryReadWhole(text, 1, CountMax, out count);

    /// <summary>A whole number between two bounds, both inclusive, in any spelling: <c>3</c>, <c>3.0</c> and <c>3e0</c> are one.</summary>
    public static bool TryReadWhole<T>([NotNullWhen(true)] string? text, T min, T max, out T number)
        where T : struct, INumber<T>
    {
        number = T.Zero;
        if (!WireNumber.TryParse(text, out var read) || !read.TryScale(0, out var whole)) return false;
        if (whole < BigInteger.CreateChecked(min) || whole > BigInteger.CreateChecked(max)) return false;
        number = T.CreateChecked(whole);
        return true;
    }

    /// <summary>The word of a unit.</summary>
    public static bool TryReadUnit([NotNullWhen(true)] string? text, out IntervalUnit unit)
    {
        (var isKnown, unit) = text switch
        {
            "minute" => (true, IntervalUnit.Minute),
            "hour" => (true, IntervalUnit.Hour),
            "day" => (true, IntervalUnit.Day),
            "week" => (true, IntervalUnit.Week),
            "month" => (true, IntervalUnit.Month),
            _ => (false, default),
        };
        return isKnown;
    }

    private static bool TryReadPrice(string? text, out Price price)
    {
        price = default;
        if (!WireNumber.TryParse(text, out var number) || !number.TryScale(Price.Decimals, out var count)) return false;
        if (count.Sign < 0 || count > (BigInteger)Price.MaxValue.Count) return false;
        price = new Price((UInt128)count);
        return true;
    }

    // A percentage with two decimals is a count of basis points.
    private static bool TryReadPercent(string? text, out int bps)
    {
        bps = 0;
        if (!WireNumber.TryParse(text, out var percent) || !percent.TryBasisPoints(2, out var count) || count <= 0 || count >= 10_000) return false;
        bps = (int)count;
        return true;
    }

    private static bool TryReadToken(string? text, out TokenId token) => TokenId.TryParse(text, out token) && token != TokenId.Usd;

    private static bool IsForeign(CallFields fields, string name)
    {
        if (fields.Text(name)?.StartsWith("0x", StringComparison.OrdinalIgnoreCase) != true) return false;
        fields.Refuse(name, Foreign, "not_a_stacks_address");
        return true;
    }
}
