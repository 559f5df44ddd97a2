using System.ComponentModel.DataAnnotations;
using OrderService.Domain.Amounts;

namespace OrderService.Engine.Execution;

/// <summary>Section <c>Orders</c>: what an order may be.</summary>
internal sealed class OrdersOptions
{
    /// <summary>Swap attempts of a slice before it fails.</summary>
    [Range(1, 20)]
    public int AttemptsMax { get; set; } = 3;

    /// <summary>
    /// How many times its fee a slice must be worth at the believed prices; 0 asks nothing. Without a value it is 2, and 0 on the simulated
    /// venue.
    /// </summary>
    [Range(0, 1_000)]
    public int? ValueMinFees { get; set; }

    /// <summary>
    /// What the swaps of one owner may come to in fees within an hour of the clock, base units of STX; 0 for any. Without a value it is 10
    /// STX, and 0 on the simulated venue.
    /// </summary>
    [Range(0, 1_000_000_000_000_000)]
    public long? FeesPerOwner { get; set; }

    /// <summary>
    /// The same of all owners together, shared out evenly among the accounts that pay. Without a value it is 100 STX, and 0 on the
    /// simulated venue.
    /// </summary>
    [Range(0, 1_000_000_000_000_000)]
    public long? FeesPerInstallation { get; set; }

    /// <summary>The share of <see cref="FeesPerInstallation"/> that is kept for owners who hold an API key, in per cent.</summary>
    [Range(0, 100)]
    public int FeesForKeysPercent { get; set; } = 25;

    /// <summary>Parts of a scheduled order.</summary>
    [Range(1, 10_000)]
    public int PartsMax { get; set; } = 1_000;

    /// <summary>Slippage below the quote where an order names none, in basis points.</summary>
    [Range(BasisPoints.Min, BasisPoints.Max)]
    public int DefaultSlippageBps { get; set; } = 100;

    /// <summary>
    /// The price band of an order that neither names one nor has a floor of its own, in basis points below the believed prices; 10,000 for
    /// none.
    /// </summary>
    [Range(BasisPoints.Min, BasisPoints.Max)]
    public int MaxDeviationBps { get; set; } = 500;

    /// <summary>
    /// What a watched price is measured in where an order names no base asset. Without a value it is the subnet's sUSDT where the venue
    /// knows it and a price of it is heard, else USD.
    /// </summary>
    public string? DefaultBaseAsset { get; set; }

    /// <summary>Price pairs that open orders may watch. One that none watches any more is given back when its place is needed.</summary>
    [Range(1, 100_000)]
    public int PairsMax { get; set; } = 1_000;

    /// <summary>Those of them that one owner may bring into use.</summary>
    [Range(1, 100_000)]
    public int PairsMaxPerOwner { get; set; } = 50;

    /// <summary>Open orders of one owner. Counted with a delay of some seconds, so it can be passed by a burst.</summary>
    [Range(1, 100_000_000)]
    public int OpenMaxPerOwner { get; set; } = 20_000;

    /// <summary>Other routers that clients may have signed for by mistake: they are told which one is right.</summary>
    public string[] KnownRouters { get; set; } =
        ["SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS.x-multihop-rc9", "SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS.multihop"];
}
