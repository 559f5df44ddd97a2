using System.Diagnostics.CodeAnalysis;

namespace OrderService.Stacks.Addresses;

/// <summary>
/// Who can hold and move assets on Stacks (SIP-005): an address, or a contract under an address. Parsed from "ADDRESS" or
/// "ADDRESS.name", printed canonically.
/// </summary>
public readonly record struct Principal : IParsable<Principal>
{
    private Principal(StacksAddress address, string? contractName) => (Address, ContractName) = (address, contractName);

    /// <summary>The address itself, or the one that deployed the contract.</summary>
    public StacksAddress Address { get; }

    /// <summary>The contract's name; null for a standard principal.</summary>
    public string? ContractName { get; }

    /// <summary>True for a contract.</summary>
    [MemberNotNullWhen(true, nameof(ContractName))]
    public bool IsContract => ContractName is not null;

    /// <summary>A standard principal.</summary>
    public static Principal From(StacksAddress address) => new(address, null);

    /// <summary>A contract principal.</summary>
    public static Principal From(ContractId contract) => new(contract.Issuer, contract.Name);

    /// <summary>Reads either form; anything else throws FormatException.</summary>
    public static Principal Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var principal) ? principal : throw new FormatException("Not a Stacks principal.");

    /// <summary>Reads either form; a bad address or name answers false.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, out Principal result)
    {
        if (StacksAddress.TryParse(s, out var address))
        {
            result = From(address);
            return true;
        }
        var isContract = ContractId.TryParse(s, out var contract);
        result = isContract ? From(contract) : default;
        return isContract;
    }

    /// <summary>Reads either form; the provider is not used.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Principal result) =>
        TryParse(s, out result);

    /// <summary>The canonical text.</summary>
    public override string ToString() => ContractName is null ? Address.ToString() : $"{Address}.{ContractName}";
}
