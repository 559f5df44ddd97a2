using System.Diagnostics;
using System.Text.Json;
using OrderService.Domain.Pricing;

namespace OrderService.Api.Charisma;

/// <summary>Writes a token as this wire has it.</summary>
internal static class TokenJson
{
    /// <summary>Writes one token object.</summary>
    public static void Write(Utf8JsonWriter json, Token token)
    {
        json.WriteStartObject();
        json.WriteString("contractId", token.Id.ToString());
        json.WriteString("symbol", token.Symbol);
        json.WriteString("name", token.Name);
        json.WriteNumber("decimals", token.Decimals);
        json.WriteString("type", TypeOf(token.Type));
        if (token.Identifier is { } identifier) json.WriteString("identifier", identifier);
        if (token.Image is { } image) json.WriteString("image", image);
        if (token.BaseToken is { } wrapped) json.WriteString("base", wrapped.ToString());
        json.WriteEndObject();
    }

    /// <summary>The word of a token's type.</summary>
    public static string TypeOf(TokenType type) => type switch
    {
        TokenType.Subnet => "SUBNET",
        TokenType.Sip10 => "SIP10",
        TokenType.Native => "NATIVE",
        _ => throw new UnreachableException($"no word for a token that is {type}"),
    };
}
