using System.Text.Json.Serialization;

namespace OrderService.Engine.Auth;

/// <summary>Which orders a call is about, as a wallet signed it or a body says it; empty for all. A member that is not known is refused: who misspelt it would have all orders in it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WalletMessageFilter
{
    /// <summary>Sold or bought.</summary>
    public string? Token { get; init; }

    /// <summary>Two tokens with / between them.</summary>
    public string? Pair { get; init; }

    public string? StrategyId { get; init; }

    /// <summary>The group that they are legs of.</summary>
    public string? GroupId { get; init; }

    /// <summary>buy or sell.</summary>
    public string? Side { get; init; }
}
