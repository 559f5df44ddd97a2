using System.Numerics;
using System.Text;
using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Tread;

/// <summary>Reads <c>strategy_params</c>: known keys only, flags and the largest notional of a slice.</summary>
internal sealed class StrategyParamsJson(PriceBoard board)
{
    public const string ClipKey = "max_clip_size";

    /// <summary>What is said of a clip that is worth less than it must be.</summary>
    public static readonly string TooSmall = $"{ClipKey} must be at least {JsonText.Text(ClipUsdMin)}";

    private const int ClipUsdMin = 100;

    private static readonly string[] Flags =
        ["passive_only", "active_limit", "reduce_only", "ool_pause", "strict_duration", "dicy", "spot_leverage", "entry", "soft_pause",
            "cleanup_on_cancel"];

    /// <summary>The parameters; every key that is not known, and every value of another kind, is a fault.</summary>
    public (StrategyParams Params, IReadOnlyList<string> Faults) Read(JsonElement given, TradePair? pair, DateTimeOffset now)
    {
        if (given.ValueKind != JsonValueKind.Object) return (StrategyParams.None, [Unfit("strategy_params")]);
        var (isTrue, clip, faults) = (new HashSet<string>(StringComparer.Ordinal), (GivenDecimal?)null, new List<string>());
        foreach (var member in given.EnumerateObject())
        {
            if (member.Name == ClipKey && member.Value.ValueKind != JsonValueKind.Null) clip = Clip(member.Value, pair, now, faults);
            else if (!IsFlag(member)) faults.Add(Unfit(member.Name));
            else if (member.Value.ValueKind == JsonValueKind.True) isTrue.Add(member.Name);
        }
        if (isTrue.Contains("entry")) isTrue.Add("ool_pause"); // as the original's client has it
        return (new StrategyParams(Text(given), isTrue, clip), faults);
    }

    /// <summary>True where so much of the quote token is known to be worth too little for a slice.</summary>
    public bool IsTooSmall(WireNumber clip, TradePair pair, DateTimeOffset now) =>
        board.TryRead(pair.Quote.Priced.Id, now, out var price)
            && clip.ScaleFloor(Price.Decimals) * (BigInteger)price.Usd.Count < ClipUsdMin * BigInteger.Pow(10, 2 * Price.Decimals);

    // The largest notional of a slice, in the quote token; a fault where it is no amount of it, or worth less than a hundred dollars by the
    // board. Without a dollar price that is not checked.
    private GivenDecimal? Clip(JsonElement value, TradePair? pair, DateTimeOffset now, List<string> faults)
    {
        var isAmount = JsonText.Decimal(value) is { Digits.Sign: > 0 } given
            && (pair is null || given.TryScale(pair.Quote.Decimals, out _));
        if (!isAmount || JsonText.Decimal(value) is not { } number) faults.Add(Unfit(ClipKey));
        else if (pair is not null && IsTooSmall(number, pair, now)) faults.Add(TooSmall);
        else return new GivenDecimal(JsonText.Shortest(number), number);
        return null;
    }

    private static bool IsFlag(JsonProperty member) =>
        member.Name == ClipKey
            || (Flags.Contains(member.Name) && member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null);

    private static string Unfit(string name) => $"Invalid strategy parameter: {name}";

    // Decimals are written as exactly as they came; blanks between the members are not kept.
    private static string Text(JsonElement given) => Encoding.UTF8.GetString(JsonAnswer.Bytes(given.WriteTo).Span);
}
