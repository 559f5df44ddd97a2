using System.Diagnostics;
using OrderService.Api.Charisma.Records;
using OrderService.Domain.Pricing;

namespace OrderService.Api.Charisma;

/// <summary>Makes the record of a token as this wire has it.</summary>
internal static class TokenJson
{
    /// <summary>One token.</summary>
    public static TokenRecord Of(Token token) => new()
    {
        ContractId = token.Id.ToString(), Symbol = token.Symbol, Name = token.Name, Decimals = token.Decimals, Type = TypeOf(token.Type),
        Identifier = token.Identifier, Image = token.Image,
        Base = token.BaseToken?.ToString(),
    };

    /// <summary>The word of a token's type.</summary>
    public static string TypeOf(TokenType type) => type switch
    {
        TokenType.Subnet => "SUBNET",
        TokenType.Sip10 => "SIP10",
        TokenType.Native => "NATIVE",
        _ => throw new UnreachableException($"no word for a token that is {type}"),
    };
}
