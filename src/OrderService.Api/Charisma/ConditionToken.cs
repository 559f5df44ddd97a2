using System.Diagnostics.CodeAnalysis;
using OrderService.Domain.Pricing;

namespace OrderService.Api.Charisma;

/// <summary>What an order waits for on this wire: the price of a token, or <c>*</c>, which is nothing at all.</summary>
internal readonly record struct ConditionToken(TokenId? Token)
{
    /// <summary>True for <c>*</c>.</summary>
    public bool IsAny => Token is null;

    /// <summary>Reads <c>*</c>, <c>.stx</c> or a contract id; <c>USD</c> has nothing to wait for.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ConditionToken condition)
    {
        condition = default;
        if (text == "*") return true;
        if (!TokenId.TryParse(text, out var token) || token == TokenId.Usd) return false;
        condition = new ConditionToken(token);
        return true;
    }
}
