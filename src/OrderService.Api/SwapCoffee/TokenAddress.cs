using System.Diagnostics.CodeAnalysis;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.SwapCoffee;

/// <summary>A token as this wire names it: <c>native</c> for STX, otherwise a contract id.</summary>
internal static class TokenAddress
{
    public const string Native = "native";
    public const string Blockchain = "stacks";
    public const string Shape = "must be native or a contract id";

    /// <summary>Reads the text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TokenId token)
    {
        token = text == Native ? TokenId.Stx : ContractId.TryParse(text, out var contract) ? TokenId.Of(contract) : default;
        return token != default;
    }

    /// <summary>The text.</summary>
    public static string Of(TokenId token) => token == TokenId.Stx ? Native : token.ToString();
}
