using System.Text.Json.Serialization;

namespace OrderService.Engine.Auth;

/// <summary>What is to be changed of an order, as a wallet signed it or a body says it. A member that is not known is refused: who misspelt it would believe in it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WalletMessageChanges
{
    public string? TargetPrice { get; init; }

    public string? ValidFrom { get; init; }

    public string? ValidTo { get; init; }

    /// <summary>Base units, as a text.</summary>
    public string? MinAmountOut { get; init; }

    public int? SlippageBps { get; init; }

    public int? MaxDeviationBps { get; init; }

    public string? LimitPrice { get; init; }

    public int? TrailingBps { get; init; }

    public string? TrailingAmount { get; init; }
}
