using System.Diagnostics.CodeAnalysis;

namespace OrderService.Stacks.Addresses;

/// <summary>
/// The texts of addresses that were seen lately. The same few contracts and owners are read and written over and over, and each time costs
/// two SHA-256 for the checksum. The tables never grow: a newcomer takes the slot of another. Safe on all threads, since an entry never
/// changes.
/// </summary>
internal static class AddressTexts
{
    private const int Slots = 8192;

    private static readonly Entry?[] ByAddress = new Entry?[Slots];
    private static readonly Entry?[] ByText = new Entry?[Slots];

    private sealed record Entry(StacksAddress Address, string Text);

    /// <summary>The canonical text.</summary>
    public static string Of(in StacksAddress address)
    {
        ref var slot = ref ByAddress[address.GetHashCode() & (Slots - 1)];
        if (slot is { } known && known.Address == address) return known.Text;

        Span<byte> hash = stackalloc byte[Hash160.Size];
        address.Hash.CopyTo(hash);
        var text = "S" + C32.Encode(address.Version, hash);
        slot = new Entry(address, text);
        return text;
    }

    /// <summary>The address of a text that was kept.</summary>
    public static bool TryFind(ReadOnlySpan<char> text, [NotNullWhen(true)] out StacksAddress? address)
    {
        address = ByText[string.GetHashCode(text) & (Slots - 1)] is { } known && text.SequenceEqual(known.Text) ? known.Address : null;
        return address is not null;
    }

    /// <summary>Keeps a text that was read, canonical or not.</summary>
    public static void Keep(ReadOnlySpan<char> text, in StacksAddress address) =>
        ByText[string.GetHashCode(text) & (Slots - 1)] = new Entry(address, text.ToString());
}
