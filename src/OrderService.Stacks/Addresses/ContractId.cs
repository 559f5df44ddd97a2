using System.Diagnostics.CodeAnalysis;

namespace OrderService.Stacks.Addresses;

/// <summary>
/// A deployed contract, "ADDRESS.name". The name is a Clarity contract name of 1 to 40 characters; another throws. The field
/// on the wire holds 128, but the network deploys no contract whose name is longer than 40, so a longer one names nothing.
/// </summary>
public readonly record struct ContractId(StacksAddress Issuer, string Name) : IParsable<ContractId>
{
    /// <summary>The longest name of a contract that can be deployed, in characters.</summary>
    public const int NameMax = 40;

    /// <summary>A letter, then letters, digits, hyphens and underscores.</summary>
    public string Name { get; } = IsName(Name) ? Name : throw new ArgumentException("Not a Clarity contract name.", nameof(Name));

    /// <summary>Reads "ADDRESS.name"; anything else throws FormatException.</summary>
    public static ContractId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var contract) ? contract : throw new FormatException("Not a Stacks contract id.");

    /// <summary>Reads "ADDRESS.name"; a bad address or name answers false.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, out ContractId result)
    {
        result = default;
        var dot = s?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (dot < 0 || !IsName(s.AsSpan(dot + 1)) || !StacksAddress.TryRead(s.AsSpan(0, dot), out var issuer)) return false;

        result = new(issuer, s![(dot + 1)..]);
        return true;
    }

    /// <summary>Reads "ADDRESS.name"; the provider is not used.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ContractId result) =>
        TryParse(s, out result);

    /// <summary>The canonical address, a dot and the name.</summary>
    public override string ToString() => $"{Issuer}.{Name}";

    /// <summary>True for a name that a contract can be deployed under.</summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > NameMax || !char.IsAsciiLetter(name[0])) return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')) return false;
        }
        return true;
    }
}
