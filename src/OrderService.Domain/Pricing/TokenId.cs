using System.Diagnostics.CodeAnalysis;
using OrderService.Stacks.Addresses;

namespace OrderService.Domain.Pricing;

/// <summary>
/// What can be sold, bought or priced: a contract id in canonical text, <c>.stx</c> (native STX) or, as a price base only, <c>USD</c>.
/// </summary>
public readonly record struct TokenId : IParsable<TokenId>
{
    private readonly string? _text;

    private TokenId(string text) => _text = text;

    /// <summary>Native STX, <c>.stx</c> on the wire.</summary>
    public static TokenId Stx { get; } = new(".stx");

    /// <summary>The US dollar: price 1, never a token of an order.</summary>
    public static TokenId Usd { get; } = new("USD");

    /// <summary>The contract, where this is one.</summary>
    public bool IsContract([NotNullWhen(true)] out ContractId? contract)
    {
        contract = ContractId.TryParse(_text, out var parsed) ? parsed : null;
        return contract is not null;
    }

    /// <summary>The token of a contract.</summary>
    public static TokenId Of(ContractId contract) => new(contract.ToString());

#pragma warning disable CA2225 // Of is its name
    /// <summary>The token of a contract: whatever takes a token takes a contract's.</summary>
    public static implicit operator TokenId(ContractId contract) => Of(contract);
#pragma warning restore CA2225

    /// <summary>Reads a contract id, <c>.stx</c> or <c>USD</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TokenId token)
    {
        token = text switch
        {
            ".stx" => Stx,
            "USD" => Usd,
            _ => ContractId.TryParse(text, out var contract) ? Of(contract) : default,
        };
        return token._text is not null;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TokenId result) => TryParse(s, out result);

    /// <inheritdoc/>
    public static TokenId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var token) ? token : throw new FormatException($"not a token: {s}");

    /// <summary>The wire text.</summary>
    public override string ToString() => _text ?? "";
}
