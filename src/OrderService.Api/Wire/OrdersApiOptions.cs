using System.ComponentModel.DataAnnotations;
using OrderService.Domain.Amounts;

namespace OrderService.Api.Wire;

/// <summary>What the order API takes and shows. Section <c>Orders</c>.</summary>
internal sealed class OrdersApiOptions
{
    public const string Section = "Orders";

    /// <summary>True where anyone may list orders; otherwise their owner only.</summary>
    public bool PublicReads { get; init; }

    /// <summary>The largest body of an order, in bytes.</summary>
    [Range(1024, DialectLimits.BodyMax)]
    public int BodyBytesMax { get; init; } = DialectLimits.BodyMax;

    /// <summary>The most that a client's own fields of one order may take together, in bytes of their JSON.</summary>
    [Range(0, DialectLimits.BodyMax)]
    public int ClientFieldsBytesMax { get; init; } = 4 * 1024;

    /// <summary>
    /// How far below its quote a swap may pay where nothing else is said, in 1/10000: the same key that orders go by, so a quote tells what
    /// an order would get.
    /// </summary>
    [Range(BasisPoints.Min, BasisPoints.Max)]
    public int DefaultSlippageBps { get; init; } = 100;
}
