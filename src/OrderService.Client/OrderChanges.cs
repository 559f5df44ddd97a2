using System.Globalization;
using System.Text.Json.Nodes;

namespace OrderService.Client;

/// <summary>What is changed of an order; what is null stays as it is. Prices are decimal numbers, as text.</summary>
public sealed record OrderChanges
{
    /// <summary>The price at which it fires, of an order that waits for one.</summary>
    public string? TargetPrice { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Not after.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>The least that is paid, base units.</summary>
    public UInt128? MinAmountOut { get; init; }

    /// <summary>How far below its quote the swap may pay, in basis points.</summary>
    public int? SlippageBps { get; init; }

    /// <summary>How far below the believed prices a quote may be, in basis points.</summary>
    public int? MaxDeviationBps { get; init; }

    /// <summary>The least rate that is taken.</summary>
    public string? LimitPrice { get; init; }

    /// <summary>The distance of a trailing trigger, of an order that has one in basis points.</summary>
    public int? TrailingBps { get; init; }

    /// <summary>The same, of an order that has one as a price.</summary>
    public string? TrailingAmount { get; init; }

    internal JsonObject Body()
    {
        (string Name, JsonNode? Value)[] all =
        [
            ("targetPrice", TargetPrice), ("validFrom", ClientJson.Moment(ValidFrom)), ("validTo", ClientJson.Moment(ValidTo)),
            ("minAmountOut", MinAmountOut?.ToString(CultureInfo.InvariantCulture)), ("slippageBps", SlippageBps),
            ("maxDeviationBps", MaxDeviationBps), ("limitPrice", LimitPrice), ("trailingBps", TrailingBps),
            ("trailingAmount", TrailingAmount),
        ];
        return new JsonObject(all.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Name, one.Value)));
    }

    /// <summary>True where an order reads as these changes make it.</summary>
    internal bool AreIn(JsonObject order) => Body().All(one => order[one.Key] is { } now && IsSame(now.ToString(), one.Value!.ToString()));

    // A moment or a number may be written otherwise.
    private static bool IsSame(string now, string asked) =>
        now == asked
            || (decimal.TryParse(now, NumberStyles.Number, CultureInfo.InvariantCulture, out var one)
                && decimal.TryParse(asked, NumberStyles.Number, CultureInfo.InvariantCulture, out var other) && one == other)
            || (DateTimeOffset.TryParse(now, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
                && DateTimeOffset.TryParse(asked, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var same)
                && moment == same);
}
