using System.Text.Json.Serialization;

namespace OrderService.Engine.Auth;

/// <summary>The limits of an API key as a wallet signed them. One that is not known is refused, not ignored: who misspelt it would believe in it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WalletMessageLimits
{
    public int? MaxSlippageBps { get; init; }

    /// <summary>Dollars, as a text.</summary>
    public string? MaxUsdPerDay { get; init; }

    public IReadOnlyList<string?>? Tokens { get; init; }

    public IReadOnlyList<string?>? Ips { get; init; }
}
