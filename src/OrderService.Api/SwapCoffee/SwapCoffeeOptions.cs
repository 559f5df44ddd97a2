using System.ComponentModel.DataAnnotations;
using OrderService.Api.Wire;

namespace OrderService.Api.SwapCoffee;

/// <summary>The unit of <c>close_timestamp</c>.</summary>
internal enum CloseTimestampUnit
{
    /// <summary>As the original documents it.</summary>
    Seconds,

    /// <summary>As the original's service really answers, which its own pages count on.</summary>
    Milliseconds,
}

/// <summary>When a new order begins.</summary>
internal enum OrderActivation
{
    /// <summary>With the call that creates it.</summary>
    Immediate,

    /// <summary>With a second call, which sends back what the first answered.</summary>
    Confirm,
}

/// <summary>Section <c>SwapCoffee</c>: the strategies API.</summary>
internal sealed class SwapCoffeeOptions
{
    public const string Section = "SwapCoffee";

    /// <summary>
    /// The domain that a wallet's proof must name before the network, so that a proof made for another service is none here; without it the
    /// service's name.
    /// </summary>
    [StringLength(253, MinimumLength = 1)]
    public string? Domain { get; set; }

    /// <summary>How far the timestamp of a proof may be from now, either way.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ProofWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long the same body with the same proof is the same order, where it has no <c>Idempotency-Key</c>; zero for never.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RepeatWindow { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether an order is active at once or waits to be confirmed.</summary>
    public OrderActivation Activation { get; set; } = OrderActivation.Immediate;

    /// <summary>The unit of <c>close_timestamp</c>.</summary>
    public CloseTimestampUnit CloseTimestampUnit { get; set; } = CloseTimestampUnit.Seconds;

    /// <summary>The largest body, in bytes.</summary>
    [Range(1024, DialectLimits.BodyMax)]
    public int BodyBytesMax { get; set; } = 16 * 1024;
}
