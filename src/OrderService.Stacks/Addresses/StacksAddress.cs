using System.Diagnostics.CodeAnalysis;

namespace OrderService.Stacks.Addresses;

/// <summary>
/// A standard principal of SIP-005: a version (20, 21, 22 or 26; another throws) and a hash160. Parsed with its c32 checksum from
/// 28 to 41 characters, printed canonically; compare values, never texts.
/// </summary>
public readonly record struct StacksAddress(byte Version, Hash160 Hash) : IParsable<StacksAddress>
{
    /// <summary>The longest text of an address, in characters.</summary>
    public const int TextMax = 41;

    /// <summary>22 and 20 on mainnet, 26 and 21 on testnet: one key and several keys.</summary>
    public byte Version { get; } = IsVersion(Version) ? Version : throw new ArgumentOutOfRangeException(nameof(Version));

    /// <summary>True where the address is that of a single key, which is the only kind a recovered key can equal.</summary>
    public bool IsSingleSig => Version == StacksNetwork.Mainnet.SingleSigVersion || Version == StacksNetwork.Testnet.SingleSigVersion;

    /// <summary>True where the version is one of the network's two.</summary>
    public bool BelongsTo(StacksNetwork network) => Version == network.SingleSigVersion || Version == network.MultiSigVersion;

    /// <summary>The address of the same key or keys on a network.</summary>
    public StacksAddress On(StacksNetwork network) => new(IsSingleSig ? network.SingleSigVersion : network.MultiSigVersion, Hash);

    /// <summary>Reads an address; anything else throws FormatException.</summary>
    public static StacksAddress Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var address) ? address : throw new FormatException("Not a Stacks address.");

    /// <summary>Reads an address; a wrong checksum, version, length or case answers false.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, out StacksAddress result) => TryRead(s, out result);

    /// <summary>Reads an address; the provider is not used.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out StacksAddress result) =>
        TryRead(s, out result);

    /// <summary>The canonical text.</summary>
    public override string ToString() => AddressTexts.Of(this);

    internal static bool IsVersion(byte version) => version is 20 or 21 or 22 or 26;

    internal static bool TryRead(ReadOnlySpan<char> text, out StacksAddress address)
    {
        address = default;
        if (text.Length is 0 or > TextMax || text[0] != 'S') return false;
        if (AddressTexts.TryFind(text, out var known))
        {
            address = known.Value;
            return true;
        }

        Span<byte> hash = stackalloc byte[Hash160.Size];
        if (!C32.TryDecode(text[1..], hash, out var version, out var length)) return false;
        if (length != Hash160.Size || !IsVersion(version)) return false;

        address = new(version, Hash160.FromBytes(hash));
        AddressTexts.Keep(text, address);
        return true;
    }
}
