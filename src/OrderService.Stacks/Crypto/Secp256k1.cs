using System.Diagnostics;

namespace OrderService.Stacks.Crypto;

/// <summary>
/// ECDSA on secp256k1 (SEC 1, SEC 2) over hashes of 32 bytes, by libsecp256k1, or where that does not load by NBitcoin.Secp256k1, which
/// is several times as slow. Hashes of another length throw ArgumentException. Safe on all threads; over the native library nothing
/// allocates.
/// </summary>
public static class Secp256k1
{
    internal static readonly NativeSecp256k1.Place? Place = NativeSecp256k1.Find();
    private static readonly CurveLibrary Library = CurveLibrary.Choose(Place);

    /// <summary>Which library works in this process, in words for whoever runs it.</summary>
    public static string LibraryName => Library.Name;

    /// <summary>False where the slower managed library stands in.</summary>
    public static bool IsNative => Library.IsNative;

    /// <summary>
    /// Recovers the key that signed. False where no key fits. A changed hash recovers another key, so only equality with the
    /// claimed signer proves anything.
    /// </summary>
    public static bool TryRecover(ReadOnlySpan<byte> hash32, in RecoverableSignature signature, out CompressedPublicKey key)
    {
        CheckHash(hash32);
        return Library.TryRecover(hash32, signature, out key);
    }

    /// <summary>True where the key made the signature over the hash; the recovery id is not looked at.</summary>
    public static bool Verify(ReadOnlySpan<byte> hash32, in RecoverableSignature signature, in CompressedPublicKey key)
    {
        CheckHash(hash32);
        return Library.Verify(hash32, signature, key);
    }

    /// <summary>
    /// Signs with the nonce of RFC 6979 and a low s, so the same hash and key always give the same bytes, those of the JavaScript
    /// wallets. A default key throws InvalidOperationException.
    /// </summary>
    public static RecoverableSignature Sign(ReadOnlySpan<byte> hash32, in PrivateKey key)
    {
        CheckHash(hash32);
        Span<byte> rsv = stackalloc byte[RecoverableSignature.Size];
        if (!Library.TrySign(hash32, key, rsv)) throw NoKey();
        return RecoverableSignature.TryFromRsv(rsv, out var signature, out var fault)
            ? signature
            : throw new UnreachableException($"{Library.Name} made a signature with the fault {fault}.");
    }

    internal static bool TryCompress(ReadOnlySpan<byte> encoded, out CompressedPublicKey key) => Library.TryCompress(encoded, out key);

    internal static CompressedPublicKey PublicKeyOf(in PrivateKey key) =>
        Library.TryPublicKeyOf(key, out var publicKey) ? publicKey : throw NoKey();

    // The native functions read 32 bytes whatever the span's length is.
    private static void CheckHash(ReadOnlySpan<byte> hash32)
    {
        if (hash32.Length != 32) throw new ArgumentException("The hash must be 32 bytes.", nameof(hash32));
    }

    private static InvalidOperationException NoKey() => new("The private key was never set.");
}
