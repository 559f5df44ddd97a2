using System.Diagnostics.CodeAnalysis;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Clarity;

namespace OrderService.Stacks.Transactions;

/// <summary>
/// A token as the chain counts it, "ADDRESS.contract::name": the name is that of <c>define-fungible-token</c> or
/// <c>define-non-fungible-token</c>, a Clarity name of 1 to 128 characters; another throws ArgumentException (SIP-005).
/// </summary>
public sealed record AssetId(ContractId Contract, string Name) : IParsable<AssetId>
{
    private const string Separator = "::";

    /// <summary>The name inside the contract.</summary>
    public string Name { get; init => field = CheckedName(value); } = CheckedName(Name);

    /// <summary>Reads "ADDRESS.contract::name"; anything else throws FormatException.</summary>
    public static AssetId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var asset) ? asset : throw new FormatException("Not a Stacks asset id.");

    /// <summary>Reads "ADDRESS.contract::name"; a bad address, contract or name answers false.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, [NotNullWhen(true)] out AssetId? result)
    {
        result = null;
        var end = s?.IndexOf(Separator, StringComparison.Ordinal) ?? -1;
        if (end < 0 || !ContractId.TryParse(s![..end], out var contract)) return false;

        var name = s[(end + Separator.Length)..];
        if (!ClarityText.IsName(name)) return false;

        result = new(contract, name);
        return true;
    }

    /// <summary>Reads "ADDRESS.contract::name"; the provider is not used.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out AssetId result) =>
        TryParse(s, out result);

    /// <summary>The canonical contract id, two colons and the name.</summary>
    public override string ToString() => $"{Contract}{Separator}{Name}";

    private static string CheckedName(string name) =>
        ClarityText.IsName(name) ? name : throw new ArgumentException("Not a Clarity name.", nameof(name));
}
