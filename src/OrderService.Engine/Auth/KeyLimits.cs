using System.Net;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Auth;

/// <summary>What an API key may do of what its permissions allow. The first three hold where it sells an account's funds.</summary>
internal sealed record KeyLimits
{
    /// <summary>10 %, where none is asked for.</summary>
    public const int DefaultSlippageBps = 1_000;

    /// <summary>Entries of a list.</summary>
    public const int EntriesMax = 100;

    public int MaxSlippageBps { get; init; } = DefaultSlippageBps;

    public Price? MaxUsdPerDay { get; init; }

    public IReadOnlyList<TokenId>? Tokens { get; init; }

    public IReadOnlyList<IPNetwork>? Ips { get; init; }
}
