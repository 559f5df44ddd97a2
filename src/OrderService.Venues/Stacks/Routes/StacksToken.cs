using OrderService.Domain.Pricing;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>
/// A token as transactions need it. <paramref name="AssetName"/> is the fungible asset inside its contract, which post-conditions name;
/// null for a subnet token, whose ledger they cannot see, and for STX.
/// </summary>
internal sealed record StacksToken(Token Token, string? AssetName)
{
    /// <summary>Native STX, which every chain has.</summary>
    public static StacksToken Stx { get; } = new(new Token(TokenId.Stx, "STX", "Stacks", 6, TokenType.Native), null);

    /// <summary>The token's id; <c>.stx</c> for STX, whichever way it was spelled.</summary>
    public TokenId Id => Token.Id;

    /// <summary>True for a ledger of signed intents.</summary>
    public bool IsSubnet => Token.Type == TokenType.Subnet;

    /// <summary>True where a post-condition can be written over its transfers, or none is ever needed.</summary>
    public bool CanBeGuarded => AssetName is not null || Token.Type != TokenType.Sip10;
}
