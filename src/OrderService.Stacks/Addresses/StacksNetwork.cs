using System.Diagnostics.CodeAnalysis;

namespace OrderService.Stacks.Addresses;

/// <summary>
/// One of the two networks of SIP-005: its chain id (also the <c>chain-id</c> of signed messages), the version bytes of its
/// addresses, and the version byte of its transactions. Parsed from "mainnet" or "testnet"; a simulated network is a testnet.
/// </summary>
public readonly record struct StacksNetwork : IParsable<StacksNetwork>
{
    private StacksNetwork(string name, uint chainId, byte singleSig, byte multiSig, byte transaction) =>
        (Name, ChainId, SingleSigVersion, MultiSigVersion, TransactionVersion) = (name, chainId, singleSig, multiSig, transaction);

    /// <summary>Chain id 1, addresses SP and SM.</summary>
    public static StacksNetwork Mainnet { get; } = new("mainnet", 1, 22, 20, 0x00);

    /// <summary>Chain id 2147483648, addresses ST and SN.</summary>
    public static StacksNetwork Testnet { get; } = new("testnet", 0x8000_0000, 26, 21, 0x80);

    /// <summary>"mainnet" or "testnet".</summary>
    public string Name { get; }

    /// <summary>The chain id of transactions and of signed messages.</summary>
    public uint ChainId { get; }

    /// <summary>The address version of one key.</summary>
    public byte SingleSigVersion { get; }

    /// <summary>The address version of several keys.</summary>
    public byte MultiSigVersion { get; }

    /// <summary>The first byte of a transaction.</summary>
    public byte TransactionVersion { get; }

    /// <summary>The network that this one is not.</summary>
    public StacksNetwork Other => this == Mainnet ? Testnet : Mainnet;

    /// <summary>Reads a name; anything but the two names throws FormatException.</summary>
    public static StacksNetwork Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var network) ? network : throw new FormatException("A Stacks network is \"mainnet\" or \"testnet\".");

    /// <summary>Reads a name; anything but the two names answers false.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, out StacksNetwork result)
    {
        result = s == Mainnet.Name ? Mainnet : s == Testnet.Name ? Testnet : default;
        return result != default;
    }

    /// <summary>Reads a name; the provider is not used.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out StacksNetwork result) =>
        TryParse(s, out result);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
