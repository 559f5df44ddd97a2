using System.Diagnostics.CodeAnalysis;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>Reads the names of tokens. The wrapped contract is STX under another name.</summary>
internal sealed class TokenNames(ContractId wrappedStx)
{
    /// <summary>The most decimals of a token.</summary>
    public const int DecimalsMax = 38;

    private const int AssetMax = 128;
    private const int ImageMax = 2_048;
    private const int ShortMax = 64;
    private const string AssetCharacters = "-_!?+<>=/*";

    /// <summary>Reads a contract id or <c>.stx</c>.</summary>
    public bool TryRead([NotNullWhen(true)] string? text, out TokenId id)
    {
        if (!TokenId.TryParse(text, out id) || id == TokenId.Usd) return false;
        if (id == TokenId.Of(wrappedStx)) id = TokenId.Stx;
        return true;
    }

    /// <summary>The asset's name inside its contract, of <c>name</c> or <c>contract::name</c>; null for what is no Clarity name.</summary>
    public static string? AssetOf(string? identifier)
    {
        if (identifier is null) return null;
        var name = identifier[(identifier.LastIndexOf(':') + 1)..];
        return name.Length is > 0 and <= AssetMax && char.IsAsciiLetter(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || AssetCharacters.Contains(c, StringComparison.Ordinal)) ? name : null;
    }

    /// <summary>
    /// The address of a picture on the web or IPFS, as it came; null for anything else, since pages put it where they load what it names.
    /// </summary>
    public static string? ImageOf(string? text) =>
        text is { Length: <= ImageMax } && Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address.Scheme is "https" or "http" or "ipfs" ? text : null;

    /// <summary>A symbol or a title that is not longer than needs be; null for none.</summary>
    public static string? Short(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Length <= ShortMax ? text : text[..ShortMax];
}
