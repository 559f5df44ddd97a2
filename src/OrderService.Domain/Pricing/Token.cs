namespace OrderService.Domain.Pricing;

/// <summary>What kind of ledger holds a token: a subnet's signed-intent ledger, a plain SIP-010 contract, or the chain itself.</summary>
public enum TokenType
{
    /// <summary>A subnet ledger that accepts signed intents: the only kind an order can sell.</summary>
    Subnet,

    /// <summary>A plain SIP-010 fungible token.</summary>
    Sip10,

    /// <summary>Native STX.</summary>
    Native,
}

/// <summary>
/// A token of the registry. <paramref name="Decimals"/> is 0 to 38; <paramref name="BaseToken"/> is what a subnet token wraps, and whose
/// price it takes.
/// </summary>
public sealed record Token(TokenId Id, string Symbol, string Name, int Decimals, TokenType Type, TokenId? BaseToken = null)
{
    /// <summary>One that no list has, or has no more: its id is all that is known of it.</summary>
    public static Token Unlisted(TokenId id) => new(id, id.ToString(), id.ToString(), 0, TokenType.Sip10);

    /// <summary>What its asset is called inside its contract, which clients need to guard what they send; null where nobody said.</summary>
    public string? Identifier { get; init; }

    /// <summary>The address of a picture of it, as the venue's list has it; null where it has none.</summary>
    public string? Image { get; init; }
}
