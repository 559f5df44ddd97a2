using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Panora;

/// <summary>An order as a create call asks for it, in the engine's units. From here on nothing is text but what is echoed.</summary>
internal sealed record WantedOrder
{
    /// <summary>Which of the two products, and so how its fields are called.</summary>
    public required PanoraProduct Product { get; init; }

    /// <summary>Who is paid.</summary>
    public required StacksAddress ToWallet { get; init; }

    /// <summary>The wallet or account whose funds are sold; null for the caller's.</summary>
    public StacksAddress? FromWallet { get; init; }

    public required Token Sell { get; init; }

    public required Token Buy { get; init; }

    /// <summary>All parts together.</summary>
    public required TokenAmount AmountIn { get; init; }

    public required Schedule Schedule { get; init; }

    public RateBounds Rate { get; init; }

    /// <summary>In basis points; null for the service's default, or its choice.</summary>
    public int? SlippageBps { get; init; }

    /// <summary>How long a limit order lasts.</summary>
    public Interval? Expiry { get; init; }

    public bool AcceptsUnprotectedOutput { get; init; }

    /// <summary>What is told as it was given.</summary>
    public required EchoedFields Echo { get; init; }

    /// <summary>
    /// The least that the swaps must pay together for the chain to hold the lower bound. Rounded down, so that a part's share of it, which
    /// is rounded up, never passes what the bound itself asks of the part.
    /// </summary>
    public TokenAmount? LeastOut()
    {
        if (Rate.Min is not { } min) return TokenAmount.Zero;
        if (Rate.LeastOut(AmountIn, Sell.Decimals, Buy.Decimals) is not { } least || least == TokenAmount.Zero) return TokenAmount.Zero;
        var isExact = new RateBounds(null, min).Contains(AmountIn, Sell.Decimals, least, Buy.Decimals);
        return isExact ? least : least - new TokenAmount(1);
    }
}
