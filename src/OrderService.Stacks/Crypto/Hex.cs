using System.Buffers;

namespace OrderService.Stacks.Crypto;

internal static class Hex
{
    // Fills the destination exactly; half a digit more or less is a wrong length.
    public static SignatureFault Read(ReadOnlySpan<char> hex, Span<byte> destination)
    {
        if (hex.Length != 2 * destination.Length) return SignatureFault.Length;
        return Convert.FromHexString(hex, destination, out _, out _) == OperationStatus.Done ? SignatureFault.None : SignatureFault.NotHex;
    }

    public static bool TryRead(ReadOnlySpan<char> hex, Span<byte> destination) => Read(hex, destination) == SignatureFault.None;
}
